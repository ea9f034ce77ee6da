namespace Deterministic.Faults;

/// <summary>What makes a fault strike.</summary>
public enum FaultTriggerKind
{
    /// <summary>Every opportunity; for a fault that strikes at points in time, the beginning of its time.</summary>
    Always,

    /// <summary>Each opportunity with a probability.</summary>
    Probability,

    /// <summary>One opportunity, by its number.</summary>
    Nth,

    /// <summary>Once a connection has carried so many bytes in one direction.</summary>
    AfterBytes,

    /// <summary>A point in time.</summary>
    At,

    /// <summary>Again and again, a time apart that is another each time.</summary>
    Every,
}
