namespace Deterministic.Sockets.Operations;

/// <summary>Decides which thread continues an operation: of all that are notified that the socket may be ready, one.</summary>
internal struct WaitGate
{
    private volatile WaitState _state;

    /// <summary>Whether there is an operation.</summary>
    public readonly bool IsIdle => _state == WaitState.Idle;

    /// <summary>Idle to running.</summary>
    /// <exception cref="InvalidOperationException">There is an operation already.</exception>
    public void Begin()
    {
        if (Interlocked.CompareExchange(ref _state, WaitState.Running, WaitState.Idle) != WaitState.Idle)
        {
            throw new InvalidOperationException("This operation is in flight already: one at a time.");
        }
    }

    /// <summary>Waiting to running.</summary>
    /// <returns>False if there is none, or another thread has it.</returns>
    public bool TryContinue() =>
        Interlocked.CompareExchange(ref _state, WaitState.Running, WaitState.Waiting) == WaitState.Waiting;

    /// <summary>Running to waiting, by the thread that has it. From here on another thread may take it.</summary>
    public void Wait() => Interlocked.Exchange(ref _state, WaitState.Waiting);

    /// <summary>Running to idle, by the thread that has it. From here on another operation may begin.</summary>
    public void End() => _state = WaitState.Idle;
}
