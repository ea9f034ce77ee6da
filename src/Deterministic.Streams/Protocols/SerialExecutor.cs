using Deterministic.Streams.Engine;

namespace Deterministic.Streams.Protocols;

/// <summary>Lets one callback of a protocol run at a time. Not a lock: it never blocks, and a callback may enter again.</summary>
/// <param name="schedule">Runs what must not run on the caller's stack.</param>
internal sealed class SerialExecutor(Action<Action<object?>, object?> schedule)
{
    private readonly object _gate = new();
    private WaitQueue? _waiting;
    private ExecutorState _state;
    private int _thread;

    /// <summary>Whether the caller is inside a callback.</summary>
    public bool IsInside
    {
        get
        {
            lock (_gate)
            {
                return _state == ExecutorState.Held && _thread == Environment.CurrentManagedThreadId;
            }
        }
    }

    /// <summary>Enters, unless a callback is under way or about to be. To be left.</summary>
    public bool TryEnter()
    {
        lock (_gate)
        {
            if (_state != ExecutorState.Free)
            {
                return false;
            }

            HoldLocked();
            return true;
        }
    }

    /// <summary>Waits for a turn; <see cref="Enter"/> begins it.</summary>
    public async ValueTask TurnAsync()
    {
        while (true)
        {
            ValueTask wait;
            lock (_gate)
            {
                if (_state == ExecutorState.Free)
                {
                    _state = ExecutorState.Reserved;
                    return;
                }

                _waiting ??= new WaitQueue(_gate, schedule);
                wait = _waiting.AddLockedAsync(default);
            }

            await wait.ConfigureAwait(false);
        }
    }

    /// <summary>Begins the turn that was waited for, on whatever thread that led to. To be left.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            HoldLocked();
        }
    }

    /// <summary>The callback is over; on the thread that entered.</summary>
    public void Leave()
    {
        WaitSource? ready = null;
        lock (_gate)
        {
            _state = ExecutorState.Free;
            _waiting?.CompleteAllLocked(null, ref ready);
        }

        if (ready is not null)
        {
            // Not on this stack, which may be that of a user's write.
            schedule(static state => WaitQueue.SignalAll((WaitSource?)state), ready);
        }
    }

    private void HoldLocked()
    {
        _state = ExecutorState.Held;
        _thread = Environment.CurrentManagedThreadId;
    }
}
