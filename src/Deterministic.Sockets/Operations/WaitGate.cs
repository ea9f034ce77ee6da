namespace Deterministic.Sockets.Operations;

/// <summary>Settles who carries an operation on: of all who hear that the socket may be ready, one.</summary>
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

    /// <summary>Running to waiting, for whoever has it. From here on another thread may have it.</summary>
    public void Wait() => Interlocked.Exchange(ref _state, WaitState.Waiting);

    /// <summary>Running to idle, for whoever has it. From here on another one may begin.</summary>
    public void End() => _state = WaitState.Idle;
}
