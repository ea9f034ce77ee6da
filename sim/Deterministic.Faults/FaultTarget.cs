namespace Deterministic.Faults;

/// <summary>What the scope of a rule selects.</summary>
public enum FaultTarget
{
    /// <summary>The packets and connection attempts from one host to another.</summary>
    Way,

    /// <summary>Hosts.</summary>
    Host,
}
