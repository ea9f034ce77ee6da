using Deterministic.Streams.Serving;

namespace Deterministic.Streams.Tls;

/// <summary>The state of a connection over TLS, and which operations are inside its session: one lock for all of it, never held during a call to other code.</summary>
/// <remarks>The last operation to leave the session after the end disposes of it, so that none loses it while inside.</remarks>
internal sealed class TlsConnectionState
{
    private readonly object _gate = new();
    private TlsReceiveState _receiving;
    private List<Action> _waiting = [];
    private TaskCompletionSource? _receiveEnd;
    private TlsSession? _session;
    private int _inside;

    /// <summary>The state. Possibly outdated, unless the caller knows that no other thread changes it.</summary>
    public TlsState State { get; private set; }

    /// <summary>Why it is of no more use: the first reason.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>What was agreed on; null before the handshake is done.</summary>
    public TlsInfo? Info { get; private set; }

    /// <summary>The session, for operations that are inside.</summary>
    public TlsSession Session => _session!;

    /// <summary>The handshake is over: with a session, or with the reason why there is none.</summary>
    /// <returns>False if it was over before, or given up; then the session is of no use.</returns>
    public bool TrySettle(TlsSession? session, Exception? fault)
    {
        lock (_gate)
        {
            if (State != TlsState.Handshaking)
            {
                return false;
            }

            State = session is null ? TlsState.Failed : TlsState.Established;
            _session = session;
            Info = session?.Info;
            Fault = fault;
            return true;
        }
    }

    /// <summary>Waits for the end of the handshake.</summary>
    /// <returns>False if it is over.</returns>
    public bool TryWait(Action goOn)
    {
        lock (_gate)
        {
            bool waits = State == TlsState.Handshaking;
            if (waits)
            {
                _waiting.Add(goOn);
            }

            return waits;
        }
    }

    /// <summary>The handshake is over: the operations that waited for that, in order.</summary>
    public List<Action> TakeWaiting()
    {
        lock (_gate)
        {
            List<Action> waiting = _waiting;
            _waiting = [];
            return waiting;
        }
    }

    /// <summary>Enters the session to send or to end our half; if that succeeds, the caller <see cref="Leave">leaves</see>.</summary>
    public TlsState TryEnter()
    {
        lock (_gate)
        {
            _inside += State == TlsState.Established ? 1 : 0;
            return State;
        }
    }

    /// <summary>Enters the session to receive; if that succeeds, in <see cref="TlsState.Established"/> only, the caller <see cref="LeaveReceive">leaves</see>.</summary>
    public TlsState TryEnterReceive()
    {
        lock (_gate)
        {
            if (State != TlsState.Established)
            {
                return State;
            }

            if (_receiving != TlsReceiveState.Idle)
            {
                return TlsState.Closing;
            }

            _receiving = TlsReceiveState.Receiving;
            _inside++;
            return State;
        }
    }

    public void Leave()
    {
        TlsSession? over;
        lock (_gate)
        {
            _inside--;
            over = TakeIfOverLocked();
        }

        over?.Dispose();
    }

    /// <param name="ended">Whether nothing more can come.</param>
    /// <returns>A close that waits for this; to be completed once the result was reported. Null if none does.</returns>
    public TaskCompletionSource? LeaveReceive(bool ended)
    {
        TaskCompletionSource? waiting;
        TlsSession? over;
        lock (_gate)
        {
            waiting = _receiveEnd;
            _receiving =
                ended ? TlsReceiveState.Ended
                : waiting is null ? TlsReceiveState.Idle
                : TlsReceiveState.Dropping;
            _inside--;
            over = TakeIfOverLocked();
        }

        over?.Dispose();
        return waiting;
    }

    /// <summary>The streams close: a handshake is given up, a session is entered for the close_notify alerts.</summary>
    /// <returns>How it stood.</returns>
    public TlsState BeginClose()
    {
        lock (_gate)
        {
            TlsState before = State;
            if (before == TlsState.Established)
            {
                State = TlsState.Closing;
                _inside++;
            }

            return before;
        }
    }

    /// <summary>For the close: waits for a receive under way. From then on the receiving half is the close's.</summary>
    public Task BeginDropAsync()
    {
        lock (_gate)
        {
            if (_receiving == TlsReceiveState.Receiving)
            {
                _receiveEnd = new TaskCompletionSource();
                return _receiveEnd.Task;
            }

            _receiving = _receiving == TlsReceiveState.Idle ? TlsReceiveState.Dropping : _receiving;
            return Task.CompletedTask;
        }
    }

    /// <summary>For the close: whether something may still come.</summary>
    public bool MayReceive
    {
        get
        {
            lock (_gate)
            {
                return _receiving != TlsReceiveState.Ended && State == TlsState.Closing;
            }
        }
    }

    /// <summary>Notes that its time is up, unless the handshake is not done, it is over already, or something else was the reason.</summary>
    public bool TryBlame(Exception fault)
    {
        lock (_gate)
        {
            bool first = Fault is null && State is (TlsState.Established or TlsState.Closing);
            Fault = first ? fault : Fault;
            return first;
        }
    }

    /// <summary>An operation failed. While it is closing that is no reason for anything: the peer may be gone, as it may on TCP after a close.</summary>
    /// <returns>The reason: the first one counts, for a time-out fails the connection below, and that is what fails here.</returns>
    public Exception Blame(Exception fault)
    {
        lock (_gate)
        {
            Fault = State == TlsState.Established ? Fault ?? fault : Fault;
            return Fault ?? fault;
        }
    }

    /// <summary>It is over. Once no operation is inside, the session is disposed of.</summary>
    /// <returns>How it stood.</returns>
    public TlsState End()
    {
        TlsSession? over;
        TlsState before;
        lock (_gate)
        {
            before = State;
            State = TlsState.Closed;
            over = TakeIfOverLocked();
        }

        over?.Dispose();
        return before;
    }

    private TlsSession? TakeIfOverLocked()
    {
        if (State != TlsState.Closed || _inside > 0)
        {
            return null;
        }

        TlsSession? session = _session;
        _session = null;
        return session;
    }
}
