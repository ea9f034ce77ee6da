namespace Deterministic.Contract.Tests;

/// <summary>Which case is about which mistake. Every mistake has a case, and every case a mistake: none is there for show.</summary>
internal static class Mistakes
{
    public static IReadOnlyList<(Defect Defect, string Case)> All { get; } =
    [
        .. Of(Defect.CloseDropsWhatIsUnderWay, "close/delivers", "serve/close-clients"),
        .. Of(
            Defect.AbortLooksLikeTheEnd,
            "close/abort-while-flushing",
            "reset/after-half-close",
            "reset/idle",
            "reset/in-pending-read",
            "reset/in-read-and-drain",
            "reset/keeps-what-arrived",
            "reset/while-reading-is-paused",
            "serve/abort-clients",
            "serve/handler-error"
        ),
        .. Of(
            Defect.AbortIsSilent,
            "reset/ends-the-peer",
            "reset/in-wait-for-close",
            "reset/in-waiting-drain",
            "time-out/idle",
            "time-out/server-close"
        ),
        .. Of(
            Defect.CloseForgetsUnread,
            "reset/after-the-peers-end",
            "reset/close-with-unread",
            "reset/write-to-closed"
        ),
        .. Of(Defect.EndLooksLikeAReset, "close/after-the-peer", "cancel/read-to-end"),
        .. Of(
            Defect.CloseFails,
            "cancel/wait-closed",
            "close/alone",
            "close/both-at-once",
            "close/ends-pending-read",
            "close/keeps-what-arrived",
            "close/use-after",
            "close/wait",
            "reset/after-own-close"
        ),
        .. Of(Defect.CloseTakesNeighbours, "close/neighbours"),
        .. Of(
            Defect.ForgetsPendingAtClose,
            "close/abort-own-side",
            "reset/crossing",
            "seam/abort-ends-pending",
            "seam/close-ends-pending",
            "time-out/close",
            "write/unsent-abort"
        ),
        .. Of(Defect.LateCallsWait, "seam/late-calls"),
        .. Of(
            Defect.ShutdownClosesBothHalves,
            "half-close/client-first",
            "half-close/is-no-close",
            "half-close/server-first"
        ),
        .. Of(Defect.ShutdownIsSilent, "half-close/after-much", "half-close/both-at-once"),
        .. Of(Defect.DeniesHalfClose, "half-close/told"),
        .. Of(
            Defect.NeverBlocks,
            "cancel/drain",
            "flow/reader-pauses",
            "flow/slow-reader",
            "flow/watermarks",
            "time-out/drain",
            "write/unsent-abort",
            "write/unsent-bound"
        ),
        .. Of(
            Defect.ForgetsTheWaitingSender,
            "close/flushes",
            "flow/many-drains",
            "flow/slow-reader",
            "write/unsent-bound"
        ),
        .. Of(
            Defect.ForgetsTheWaitingReceiver,
            "cancel/before",
            "cancel/race",
            "cancel/server-wait-closed",
            "cancel/skip-line",
            "read/second",
            "time-out/connect-in-time",
            "time-out/read",
            "time-out/wait-closed"
        ),
        .. Of(
            Defect.ForgetsTheWaitingReceiver,
            // Bad text is refused before a driver is called: what a driver can get wrong is the connection made afterwards.
            "name/no-host",
            "name/no-path"
        ),
        .. Of(
            Defect.ForgetsTheWaitingReceiver,
            [
                .. ContractSuite
                    .Cases.Select(one => one.Name)
                    .Where(name => name.StartsWith("cancel/read", StringComparison.Ordinal)),
            ]
        ),
        .. Of(Defect.HalfDuplex, "echo/large", "flow/both-ways", "half-close/while-stopped"),
        .. Of(
            Defect.AltersBytes,
            "connect/crowd",
            "echo/large",
            "echo/tiny-limit",
            "flow/drip",
            "read/lines",
            "read/overlong-line"
        ),
        .. Of(Defect.LosesTheTailOfASend, "echo/large", "seam/partial-sends"),
        .. Of(Defect.SendsTheLastSegmentFirst, "seam/segments", "write/concurrent", "write/pieces"),
        .. Of(Defect.KeepsTheCallersMemory, "write/own-memory"),
        .. Of(Defect.EndOvertakesData, "close/delivers", "half-close/delivers"),
        .. Of(Defect.ConfusesAddresses, "connect/serve"),
        .. Of(Defect.ForgetsAddressesAtClose, "connect/facts", "serve/use-after-close"),
        .. Of(Defect.ThrowsForUnknownFacts, "connect/facts", "seam/facts"),
        .. Of(Defect.NeverRefuses, "connect/refused", "serve/refuses-after-close"),
        .. Of(Defect.MisreportsFailures, "connect/refused", "connect/unreachable", "serve/refuses-after-close"),
        .. Of(
            Defect.IgnoresCancellation,
            "cancel/connect-before",
            "cancel/connect-unanswered",
            "cancel/serve",
            "time-out/connect"
        ),
        .. Of(Defect.CancelledConnectLeaks, "cancel/connect-midway"),
        .. Of(Defect.ConfusesFamilies, "connect/ipv6", "name/brackets"),
        .. Of(Defect.AnyPortIsOnePort, "serve/several"),
        .. Of(Defect.KeepsAddresses, "serve/again"),
        .. Of(Defect.StealsAddresses, "serve/address-in-use"),
        .. Of(Defect.ListensWhenBound, "serve/later"),
        .. Of(Defect.ListenerClosesConnections, "cancel/serve-forever", "serve/close"),
        .. Of(Defect.AcceptDiesWithAClient, "serve/hasty-clients"),
        .. Of(Defect.IgnoresPauses, "serve/most-connections"),
        .. Of(Defect.AcceptsWithinAccepting, "connect/crowd"),
        .. Of(Defect.ClockStandsStill, "time-out/close", "time-out/idle"),
        .. Of(Defect.SchedulesInline, "seam/schedule"),
        .. Of(Defect.ReportsTwice, "seam/close-ends-pending"),
        .. Of(Defect.ReportsOnTheCallersStack, "seam/close-ends-pending"),
        .. Of(Defect.ReceivesNothing, "read/lines"),
        .. Of(Defect.ThrowsFromSend, "seam/late-calls"),
        .. Of(Defect.TriedSendIsPending, "seam/partial-sends"),
    ];

    private static IEnumerable<(Defect Defect, string Case)> Of(Defect defect, params string[] cases) =>
        cases.Select(name => (defect, name));
}
