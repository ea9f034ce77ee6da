namespace Deterministic.Sockets.Operations;

/// <summary>The state of an operation that any thread may continue once the socket is ready: one of the pool, or one that blocks for it.</summary>
internal enum WaitState
{
    /// <summary>There is none.</summary>
    Idle,

    /// <summary>The socket was not ready. The thread that takes it to <see cref="Running"/> continues it.</summary>
    Waiting,

    /// <summary>One thread has it.</summary>
    Running,
}
