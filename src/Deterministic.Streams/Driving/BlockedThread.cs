namespace Deterministic.Streams.Driving;

/// <summary>
/// A thread that blocks until an operation of a connection has ended. Meanwhile it does the work that brings the result, if the transport posts it here: so the operation ends although every thread of
/// the pool may be blocked.
/// </summary>
/// <remarks>What runs here is the driver's and the library's own. A program's continuation is never run here: it might block, and the call would return late.</remarks>
public sealed class BlockedThread
{
    [ThreadStatic]
    private static BlockedThread? _current;

    private readonly object _gate = new();
    private readonly Queue<(Action<object?> Callback, object? State)> _work = [];
    private readonly Transport _transport;
    private TaskCompletionSource? _sleep;
    private BlockedState _state;

    internal BlockedThread(Transport transport) => _transport = transport;

    /// <summary>Why the operation failed; null if it did not.</summary>
    internal Exception? Error { get; private set; }

    /// <summary>Whether the operation has ended.</summary>
    internal bool HasEnded { get; private set; }

    /// <summary>Whether the calling thread is one, and runs what was posted to it.</summary>
    internal static bool IsCurrent => _current is not null;

    /// <summary>Has the thread run a callback, after those posted before. From any thread; runs nothing itself.</summary>
    /// <param name="callback">What to run; it does not throw.</param>
    /// <param name="state">Its argument.</param>
    /// <returns>False if the thread is not blocked any more; then the callback does not run.</returns>
    public bool TryPost(Action<object?> callback, object? state)
    {
        TaskCompletionSource? sleep;
        lock (_gate)
        {
            if (_state == BlockedState.Left)
            {
                return false;
            }

            _work.Enqueue((callback, state));
            sleep = _sleep;
        }

        sleep?.TrySetResult();
        return true;
    }

    /// <summary>The operation has ended. From any thread, also with locks held: runs nothing.</summary>
    internal void End(Exception? error = null)
    {
        TaskCompletionSource? sleep;
        lock (_gate)
        {
            _state = _state == BlockedState.Blocked ? BlockedState.Ended : _state;
            Error = error;
            HasEnded = true;
            sleep = _sleep;
        }

        sleep?.TrySetResult();
    }

    /// <summary>Blocks the calling thread until the operation has ended.</summary>
    /// <param name="limit">For how long at most, in real time.</param>
    /// <returns>False if time ran out first.</returns>
    internal bool Run(in RealTimeLimit limit)
    {
        try
        {
            _transport.BeginBlocking(this);
            while (true)
            {
                Step next = Next();
                if (next.Callback is not null)
                {
                    RunHere(next.Callback, next.State);
                }
                else if (next.Sleep is null)
                {
                    return true;
                }
#pragma warning disable VSTHRD002 // Blocking is what was asked for. Waiting for a task rather than an event lets the pool know that one of its threads is blocked.
                else if (!next.Sleep.Wait(limit.Left))
#pragma warning restore VSTHRD002
                {
                    return false;
                }
            }
        }
        finally
        {
            // In this order: what is posted once it has left goes to another thread that blocks, if there is one.
            Leave();
            _transport.EndBlocking(this);
        }
    }

    private Step Next()
    {
        lock (_gate)
        {
            _sleep = null;
            if (_state == BlockedState.Ended)
            {
                return default;
            }

            if (_work.TryDequeue(out (Action<object?> Callback, object? State) work))
            {
                return new Step(work.Callback, work.State, null);
            }

            _sleep = new TaskCompletionSource();
            return new Step(null, null, _sleep.Task);
        }
    }

    /// <summary>Without the context of the blocked thread: what the library awaits would be posted to it, and its thread is blocked.</summary>
    private void RunHere(Action<object?> callback, object? state)
    {
        BlockedThread? before = _current;
        SynchronizationContext? context = SynchronizationContext.Current;
        _current = this;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            callback(state);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            _current = before;
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _state = BlockedState.Left;
        }

        // Nothing is added any more.
        while (_work.TryDequeue(out (Action<object?> Callback, object? State) work))
        {
            _transport.Schedule(work.Callback, work.State);
        }
    }

    /// <summary>What comes next: something to run, or else to wait for more; neither once the operation has ended.</summary>
    private readonly record struct Step(Action<object?>? Callback, object? State, Task? Sleep);
}
