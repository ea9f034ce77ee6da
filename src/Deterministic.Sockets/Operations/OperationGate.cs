namespace Deterministic.Sockets.Operations;

/// <summary>Decides the race between the last completion of an operation and the close of its socket: exactly one of the two disposes.</summary>
internal struct OperationGate
{
    private volatile OperationState _state;

    /// <summary>Whether the operation will never begin again.</summary>
    public readonly bool IsRetired => _state >= OperationState.Retiring;

    /// <summary>Whether nothing is in flight.</summary>
    public readonly bool IsIdle => _state == OperationState.Idle;

    /// <summary>Idle to in flight.</summary>
    /// <returns>False once retired.</returns>
    /// <exception cref="InvalidOperationException">It is in flight already.</exception>
    public bool TryBegin()
    {
        OperationState before = Interlocked.CompareExchange(ref _state, OperationState.InFlight, OperationState.Idle);
        return before == OperationState.InFlight
            ? throw new InvalidOperationException("This operation is in flight already: one at a time.")
            : before == OperationState.Idle;
    }

    /// <summary>In flight to idle, or retiring to retired.</summary>
    /// <returns>Whether the caller has to dispose.</returns>
    public bool End()
    {
        bool retire =
            Interlocked.CompareExchange(ref _state, OperationState.Idle, OperationState.InFlight)
            == OperationState.Retiring;
        if (retire)
        {
            _state = OperationState.Retired;
        }

        return retire;
    }

    /// <summary>Idle to retired, or in flight to retiring. Idempotent.</summary>
    /// <returns>Whether the caller has to dispose.</returns>
    public bool Retire()
    {
        while (true)
        {
            OperationState before = _state;
            OperationState after = before == OperationState.Idle ? OperationState.Retired : OperationState.Retiring;
            if (before >= OperationState.Retiring)
            {
                return false;
            }

            if (Interlocked.CompareExchange(ref _state, after, before) == before)
            {
                return after == OperationState.Retired;
            }
        }
    }
}
