namespace Deterministic.Sockets.Transports;

/// <summary>How a lingering close stands. There is no way back.</summary>
internal enum LingerState
{
    /// <summary>Not everything is acknowledged yet.</summary>
    Waiting,

    /// <summary>It is known how it ended, and told.</summary>
    Over,
}
