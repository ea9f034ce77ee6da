namespace Deterministic.Streams.Ssl;

/// <summary>
/// Serialises access to the TLS state of an <see cref="System.Net.Security.SslStream"/>: its reads and its writes do not interfere, but its shutdown does not check whether a read is
/// decrypting on another thread, and what is below it takes one at a time. Then either fails.
/// </summary>
/// <remarks>Never blocks a thread. The waiter continues on the stack of <see cref="Leave"/>: a driver's.</remarks>
internal sealed class AsyncMutex
{
    private readonly object _gate = new();
    private bool _taken;

    /// <summary>There are two users, so one waits at most.</summary>
    private TaskCompletionSource? _waiting;

    public ValueTask EnterAsync()
    {
        lock (_gate)
        {
            if (_taken)
            {
                _waiting = new TaskCompletionSource();
                return new ValueTask(_waiting.Task);
            }

            _taken = true;
            return default;
        }
    }

    public void Leave()
    {
        TaskCompletionSource? next;
        lock (_gate)
        {
            next = _waiting;
            _waiting = null;
            _taken = next is not null;
        }

        next?.SetResult();
    }
}
