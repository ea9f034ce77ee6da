namespace Deterministic.Simulation;

/// <summary>What the peers of a host hear of its crash.</summary>
public enum CrashStyle
{
    /// <summary>Nothing, as when a machine loses its power: they find out when they ask, and nobody answers; or once it is up again and knows them no more.</summary>
    Silent,

    /// <summary>Each connection is reset, as when a kernel outlives its programs by a moment.</summary>
    Reset,
}
