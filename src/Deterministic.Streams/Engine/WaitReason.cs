namespace Deterministic.Streams.Engine;

/// <summary>What the waits of a <see cref="WaitQueue"/> are for.</summary>
internal enum WaitReason
{
    /// <summary>A turn, inside an adapter or a protocol: nothing that a program knows of.</summary>
    Turn,

    /// <summary>Room to write.</summary>
    Drain,

    /// <summary>The end of a connection.</summary>
    Closed,

    /// <summary>The end of a server and of its connections.</summary>
    ServerClosed,

    /// <summary>The close of a server that is served for ever.</summary>
    ServeForever,
}
