namespace Deterministic.Simulation;

/// <summary>What the peers of a host hear of its crash.</summary>
public enum CrashStyle
{
    /// <summary>Nothing, as when a machine loses its power: they find out when they send something and get no answer, or once it is up again and does not know them.</summary>
    Silent,

    /// <summary>Each connection is reset, as when a kernel outlives its programs by a moment.</summary>
    Reset,
}
