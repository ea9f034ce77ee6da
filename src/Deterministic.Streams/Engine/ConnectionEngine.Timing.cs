using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Engine;

/// <content>How long a close may take, how long a connection may be idle, and what is reported once a bound ends it. No timer is set or stopped while a lock is held.</content>
internal sealed partial class ConnectionEngine
{
    /// <summary>Both are made under the gate.</summary>
    private IdleWatch? _closeWatch;
    private IdleWatch? _idle;

    private bool _overflowReported;

    /// <summary>Called once this side has ended the connection because a time was up, or more was unsent than allowed. Set before that can happen; called with no lock held, and not on a program's stack.</summary>
    public Action<ConnectionException>? LimitReached { get; set; }

    /// <summary>Who ended the connection.</summary>
    public ClosedBy ClosedBy
    {
        get
        {
            lock (_gate)
            {
                return _machine.ClosedBy;
            }
        }
    }

    /// <summary>From now on the connection is ended when no byte was received or sent for so long. Once. Clause S-IDLE-01.</summary>
    public void WatchIdle(TimeSpan timeout)
    {
        IdleWatch watch;
        lock (_gate)
        {
            if (_machine.State == ConnectionState.Closed)
            {
                return;
            }

            watch = _idle = new IdleWatch(Transport.TimeProvider, timeout, OnIdle);
        }

        watch.Wait(timeout);
    }

    /// <summary>Without the lock. After the operations that follow a change of the machine: starts, and stops, the timer that bounds the close.</summary>
    /// <param name="state">As it was under the gate. A late call with an older state has no effect: what was stopped does not start again.</param>
    private void ObserveClosing(ConnectionState state)
    {
        if (!IsBoundedClose(state))
        {
            _closeWatch?.Stop();
        }
        else if (_closeWatch is null && MakeCloseWatch() is { } made)
        {
            made.Wait(made.Timeout);
        }

        if (state == ConnectionState.Closed)
        {
            _idle?.Stop();
        }

        if (_options.UnsentOverflow == UnsentOverflow.AbortConnection && TakeOverflow() is { } overflow)
        {
            // Not on this stack, which is that of the write.
            Transport.Schedule(
                static boxed =>
                {
                    var (engine, overflow) = ((ConnectionEngine, ConnectionException))boxed!;
                    engine.LimitReached?.Invoke(overflow);
                },
                (this, overflow)
            );
        }
    }

    /// <returns>Why the connection was aborted by a write, once.</returns>
    private ConnectionException? TakeOverflow()
    {
        lock (_gate)
        {
            ConnectionException? error = _overflowReported ? null : _machine.OverflowError;
            _overflowReported |= error is not null;
            return error;
        }
    }

    /// <summary>A close that lingers has a bound of its own.</summary>
    private bool IsBoundedClose(ConnectionState state) =>
        _options.ShutdownTimeout is not null
        && (
            state == ConnectionState.Flushing
            || (state == ConnectionState.Disconnecting && !(_options.Linger > TimeSpan.Zero))
        );

    /// <returns>Null if it is no longer needed, or another thread has made it.</returns>
    private IdleWatch? MakeCloseWatch()
    {
        lock (_gate)
        {
            return IsBoundedClose(_machine.State) && _closeWatch is null
                ? _closeWatch = new IdleWatch(Transport.TimeProvider, _options.ShutdownTimeout!.Value, OnCloseStalled)
                : null;
        }
    }

    private void OnCloseStalled()
    {
        ConnectionException? error = null;
        TimeSpan left;
        bool closes;
        lock (_gate)
        {
            left = _closeWatch!.Left;
            closes = IsBoundedClose(_machine.State);
            if (closes && left <= TimeSpan.Zero)
            {
                error = CloseTimedOut(_closeWatch.Timeout, _machine.Writer.Buffered);
                _machine.Abort(error);
                CollectReadyLocked();
            }
        }

        if (error is null && closes)
        {
            _closeWatch.Wait(left);
        }

        EndTimedOut(error);
    }

    /// <summary>Under the gate: the network has taken bytes.</summary>
    private void NoteSentLocked()
    {
        _idle?.Moved();
        _closeWatch?.Moved();
    }

    private void OnIdle()
    {
        ConnectionException? error = null;
        TimeSpan left;
        bool moves;
        lock (_gate)
        {
            left = _idle!.Left;
            moves = _machine.State is ConnectionState.Open or ConnectionState.Flushing;
            if (moves && left <= TimeSpan.Zero)
            {
                error = Idle(_idle.Timeout);
                _machine.Abort(error);
                CollectReadyLocked();
            }
        }

        if (error is null && moves)
        {
            _idle.Wait(left);
        }

        EndTimedOut(error);
    }

    private void EndTimedOut(ConnectionException? error)
    {
        if (error is not null)
        {
            PumpForUser();
            LimitReached?.Invoke(error);
        }
    }

    private static ConnectionException CloseTimedOut(TimeSpan after, long unsent) =>
        new(
            ConnectionErrorKind.TimedOut,
            $"The close made no progress for {after:c} (ShutdownTimeout): {unsent} bytes were still unsent. The connection was aborted."
        );

    private static ConnectionException Idle(TimeSpan after) =>
        new(
            ConnectionErrorKind.TimedOut,
            $"No byte was received or sent for {after:c} (IdleTimeout). The connection was aborted."
        );
}
