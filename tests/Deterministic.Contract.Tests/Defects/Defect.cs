namespace Deterministic.Contract.Tests;

/// <summary>Mistakes that people make in drivers. The contract must notice each.</summary>
internal enum Defect
{
    None,

    /// <summary>Closing throws away what the peer has not yet received.</summary>
    CloseDropsWhatIsUnderWay,

    /// <summary>An abort ends the stream as though all were well.</summary>
    AbortLooksLikeTheEnd,

    /// <summary>A close with unread data is not reported to the peer.</summary>
    CloseForgetsUnread,

    /// <summary>The end of a half closes the other as well.</summary>
    ShutdownClosesBothHalves,

    /// <summary>The end of a half is never reported to the peer.</summary>
    ShutdownIsSilent,

    /// <summary>Whatever is written is taken, however little is read.</summary>
    NeverBlocks,

    /// <summary>A sender that waits for room is not woken when there is some.</summary>
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

    /// <summary>An abort is never reported to the peer.</summary>
    AbortIsSilent,

    /// <summary>The end of a stream is reported as a reset.</summary>
    EndLooksLikeAReset,

    /// <summary>A close is reported as failed.</summary>
    CloseFails,

    /// <summary>Closing a connection takes its neighbours along.</summary>
    CloseTakesNeighbours,

    /// <summary>What is pending when a connection is closed is never reported.</summary>
    ForgetsPendingAtClose,

    /// <summary>What is begun just after a close waits for ever.</summary>
    LateCallsWait,

    /// <summary>A receiver that waits is not woken by what comes.</summary>
    ForgetsTheWaitingReceiver,

    /// <summary>While one side waits to send, the other's sends wait too.</summary>
    HalfDuplex,

    /// <summary>A send takes its last segment first.</summary>
    SendsTheLastSegmentFirst,

    /// <summary>A send reads the memory after it has given it back.</summary>
    KeepsTheCallersMemory,

    /// <summary>Addresses are unknown once a connection or a listener is closed.</summary>
    ForgetsAddressesAtClose,

    /// <summary>A fact that nobody knows is an error.</summary>
    ThrowsForUnknownFacts,

    /// <summary>It says that a half can't be ended alone.</summary>
    DeniesHalfClose,

    /// <summary>What is scheduled runs at once.</summary>
    SchedulesInline,

    /// <summary>A result is reported twice.</summary>
    ReportsTwice,

    /// <summary>A close reports what was pending before it returns.</summary>
    ReportsOnTheCallersStack,

    /// <summary>A receive can complete with nothing.</summary>
    ReceivesNothing,

    /// <summary>A send that fails throws.</summary>
    ThrowsFromSend,

    /// <summary>A send that is tried can be pending.</summary>
    TriedSendIsPending,

    /// <summary>Every failure to connect is of one kind.</summary>
    MisreportsFailures,

    /// <summary>Connecting and binding go on when they are cancelled.</summary>
    IgnoresCancellation,

    /// <summary>Addresses of IPv6 are bound as those of IPv4.</summary>
    ConfusesFamilies,

    /// <summary>Any free port is always the same one.</summary>
    AnyPortIsOnePort,

    /// <summary>An address stays taken when its listener has closed.</summary>
    KeepsAddresses,

    /// <summary>A listener that is only bound lets clients connect.</summary>
    ListensWhenBound,

    /// <summary>A listener of whose clients one has aborted accepts no more.</summary>
    AcceptDiesWithAClient,

    /// <summary>A listener that is paused goes on.</summary>
    IgnoresPauses,

    /// <summary>A listener delivers a connection while it delivers another.</summary>
    AcceptsWithinAccepting,

    /// <summary>Connections have a clock of their own, which stands still: none of its timers fires.</summary>
    ClockStandsStill,
}
