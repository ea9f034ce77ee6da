namespace Deterministic.Faults;

/// <summary>What the scope of a rule picks.</summary>
public enum FaultTarget
{
    /// <summary>What one host sends another, or asks it for.</summary>
    Way,

    /// <summary>Hosts.</summary>
    Host,
}
