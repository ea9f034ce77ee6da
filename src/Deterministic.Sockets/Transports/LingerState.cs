namespace Deterministic.Sockets.Transports;

/// <summary>The state of a <see cref="SendQueueWait"/>. There is no way back.</summary>
internal enum LingerState
{
    /// <summary>Not everything is acknowledged yet.</summary>
    Waiting,

    /// <summary>It has ended, and its result was reported.</summary>
    Over,
}
