namespace Deterministic.Contract.Tests;

/// <summary>Mistakes that people make in drivers. The contract must notice each.</summary>
internal enum MemoryDefects
{
    None,

    /// <summary>Closing throws away what the peer has not yet received.</summary>
    CloseDropsWhatIsUnderWay,

    /// <summary>An abort ends the stream as though all were well.</summary>
    AbortLooksLikeTheEnd,

    /// <summary>A close with unread data is not told to the peer.</summary>
    CloseForgetsUnread,

    /// <summary>The end of a half closes the other as well.</summary>
    ShutdownClosesBothHalves,

    /// <summary>The end of a half is never told to the peer.</summary>
    ShutdownIsSilent,

    /// <summary>Whatever is written is taken, however little is read.</summary>
    NeverBlocks,

    /// <summary>A sender that waits for room is not told that there is some.</summary>
    ForgetsTheWaitingSender,

    /// <summary>A byte in a thousand is altered.</summary>
    AltersBytes,

    /// <summary>A send reports more than it took.</summary>
    LosesTheTailOfASend,

    /// <summary>A receive that finds the end of the stream looks no further for bytes.</summary>
    EndOvertakesData,

    /// <summary>Connecting to where nobody listens waits for ever.</summary>
    NeverRefuses,

    /// <summary>A later listener takes an address over.</summary>
    StealsAddresses,

    /// <summary>A listener that closes takes its connections along.</summary>
    ListenerClosesConnections,

    /// <summary>A cancelled attempt to connect leaves its connection open.</summary>
    CancelledConnectLeaks,

    /// <summary>Both ends name the server's address as their own.</summary>
    ConfusesAddresses,
}
