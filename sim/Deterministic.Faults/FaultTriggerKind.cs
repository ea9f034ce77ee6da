namespace Deterministic.Faults;

/// <summary>The kinds of triggers.</summary>
public enum FaultTriggerKind
{
    /// <summary>Every opportunity; for a fault that strikes at points in time, the start of its span.</summary>
    Always,

    /// <summary>Each opportunity with a probability.</summary>
    Probability,

    /// <summary>One opportunity, by its number.</summary>
    Nth,

    /// <summary>When a connection has transferred a number of bytes in one direction.</summary>
    AfterBytes,

    /// <summary>A point in time.</summary>
    At,

    /// <summary>Repeatedly, with a different interval each time.</summary>
    Every,
}
