namespace Deterministic.Exploration;

/// <summary>What a choice decides. A replayed tape must be asked for the same kinds in the same order.</summary>
/// <remarks>
/// Files hold the kebab-case name, never the number, so members may be added or moved. In every kind, choice 0 is the plainest
/// outcome (oldest first, least delay, no fault): a tape that shrinks towards zeros shrinks towards a dull world.
/// </remarks>
public enum ChoiceKind
{
    /// <summary>Which of the ready items runs next; 0 is the one that has waited longest.</summary>
    Schedule,

    /// <summary>What the program under test draws from the random source that it was handed.</summary>
    Random,

    /// <summary>How long something travels.</summary>
    Latency,

    /// <summary>Where a run of bytes is cut, or whether two are joined.</summary>
    Split,

    /// <summary>Whether, and for how long, a stream stands still.</summary>
    Stall,

    /// <summary>How an attempt to connect fares: accepted, refused, left hanging.</summary>
    Connect,

    /// <summary>How and when an end of a stream is closed without a reset.</summary>
    Close,

    /// <summary>Whether, and where, a connection is reset.</summary>
    Reset,

    /// <summary>Any other injected fault.</summary>
    Fault,
}
