namespace Deterministic.Exploration;

/// <summary>What a choice decides. A replay must ask for the same kinds in the same order.</summary>
/// <remarks>
/// Files hold the kebab-case name, never the number, so members may be added or moved. In every kind, choice 0 is the plainest
/// outcome (oldest first, least delay, no fault): a tape that shrinks towards zeros shrinks towards an uneventful world.
/// </remarks>
public enum ChoiceKind
{
    /// <summary>Which of the ready items runs next; 0 is the one that has waited longest.</summary>
    Schedule,

    /// <summary>A number that the program under test draws from its random source.</summary>
    Random,

    /// <summary>The latency of a packet.</summary>
    Latency,

    /// <summary>Where bytes are split, or whether they are joined.</summary>
    Split,

    /// <summary>Whether, and for how long, a stream stalls.</summary>
    Stall,

    /// <summary>The result of a connection attempt: accepted, refused, not answered.</summary>
    Connect,

    /// <summary>How and when a direction of a stream is closed without a reset.</summary>
    Close,

    /// <summary>Whether, and where, a connection is reset.</summary>
    Reset,

    /// <summary>Any other injected fault.</summary>
    Fault,
}
