namespace Deterministic.Sockets.Operations;

/// <summary>How an operation stands that any thread may carry on once the socket is ready: the pool's, or one that blocks for it.</summary>
internal enum WaitState
{
    /// <summary>There is none.</summary>
    Idle,

    /// <summary>The socket was not ready. Whoever takes it to <see cref="Running"/> carries it on.</summary>
    Waiting,

    /// <summary>One thread has it.</summary>
    Running,
}
