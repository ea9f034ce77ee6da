namespace Deterministic.Simulation.Tracing;

/// <summary>The words of <see cref="TraceKind"/> in a story.</summary>
internal static class TraceKindNames
{
    public static string NameOf(TraceKind kind) =>
        kind switch
        {
            TraceKind.Note => "note",
            TraceKind.HostStarted => "host started",
            TraceKind.HostStopped => "host stopped",
            TraceKind.Listening => "listening",
            TraceKind.StoppedListening => "stopped listening",
            TraceKind.Connecting => "connecting",
            TraceKind.Connected => "connected",
            TraceKind.Accepted => "accepted",
            TraceKind.ConnectFailed => "connect failed",
            TraceKind.Sent => "sent",
            TraceKind.Received => "received",
            TraceKind.SentEof => "sent end of file",
            TraceKind.ReceivedEof => "received end of file",
            TraceKind.Closed => "closed",
            TraceKind.SentReset => "sent reset",
            TraceKind.ReceivedReset => "received reset",
            TraceKind.Paused => "paused",
            TraceKind.Resumed => "resumed",
            TraceKind.Fault => "FAULT",
            TraceKind.Healed => "healed",
            TraceKind.Violation => "VIOLATION",
            TraceKind.Exception => "EXCEPTION",
            TraceKind.SentAgain => "sent again",
            TraceKind.HostPaused => "host paused",
            TraceKind.HostResumed => "host resumed",
            TraceKind.Read => "read",
            TraceKind.Dropped => "dropped",
            _ => "unknown",
        };

    /// <summary>What the number of an event counts, or null where it needs no word.</summary>
    public static string? UnitOf(TraceKind kind, long number) =>
        kind switch
        {
            TraceKind.Sent or TraceKind.SentAgain or TraceKind.Received or TraceKind.Read or TraceKind.Dropped => number
            == 1
                ? "byte"
                : "bytes",
            _ => null,
        };
}
