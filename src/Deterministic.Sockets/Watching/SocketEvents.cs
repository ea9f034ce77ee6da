namespace Deterministic.Sockets.Watching;

/// <summary>What a socket can be ready for. An error or a hang-up is readiness for both: the next system call finds it.</summary>
[Flags]
internal enum SocketEvents
{
    None = 0,

    /// <summary>A receive would not block.</summary>
    Receive = 1 << 0,

    /// <summary>A send would not block.</summary>
    Send = 1 << 1,
}
