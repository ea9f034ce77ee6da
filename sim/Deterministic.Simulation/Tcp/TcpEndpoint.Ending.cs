using Deterministic.Core;
using Deterministic.Faults.Decorating;
using Deterministic.Faults.Engine;

namespace Deterministic.Simulation.Tcp;

/// <content>How it ends.</content>
internal sealed partial class TcpEndpoint
{
    /// <summary>How a close treats what is not acknowledged.</summary>
    public TimeSpan? Linger { get; init; }

    /// <summary>Whether the peer has acknowledged everything, our end included, or there is no peer left to do so. Not while it is known that some of it was lost on the way.</summary>
    public bool IsFlushed =>
        (_sender.Fin == FinState.Acknowledged || State == TcpState.Closed) && _outgoing != OutgoingState.Answered;

    /// <summary>Told once, when that comes true: of null, or of why the connection was lost before.</summary>
    public Action<ConnectionException?>? Flushed { get; set; }

    /// <summary>Whether our address may be bound meanwhile: SO_REUSEADDR.</summary>
    public bool SharesAddress { get; init; }

    /// <summary>Who was asked for it; null at the end that asked.</summary>
    public SimulatedListener? Listener { get; init; }

    /// <summary>A new connection takes its port.</summary>
    public void EndTimeWait() => End();

    private void Release()
    {
        _program = null;
        _ownership = TcpOwnership.Orphaned;
    }

    private void Reset()
    {
        if (IsResettable)
        {
            SendReset();
        }

        End();
    }

    /// <summary>Whether an abort sends a reset. If all data and the ends of both halves are acknowledged as far as we know, Linux sends nothing (<c>tcp_disconnect</c>).</summary>
    private bool IsResettable =>
        State is TcpState.Closing or TcpState.LastAck
            ? _sender.Fin == FinState.Queued
            : State is not (TcpState.Closed or TcpState.SynSent or TcpState.TimeWait);

    /// <summary>Nothing is left of it but what has arrived, for a program that may still read it.</summary>
    private void End()
    {
        Leave();
        ForgetUnread();
    }

    /// <summary>If it cannot be read any more.</summary>
    private void ForgetUnread()
    {
        if (_ownership == TcpOwnership.Orphaned)
        {
            DropUnread();
        }
    }

    private void Fail(ConnectionException error)
    {
        Error = error;
        ITcpProgram? program = _program;
        Leave();
        ForgetUnread();
        program?.OnFailed(error);
        TellFlushed(error);
    }

    private void TellFlushed(ConnectionException? error)
    {
        if (error is null && _outgoing == OutgoingState.Answered)
        {
            // What was sent behind the cut is lost, and the answer that says so is under way.
            return;
        }

        if (Flushed is { } flushed)
        {
            Flushed = null;
            DiscardUnread();
            flushed(error);
        }
    }

    /// <summary>It leaves the network; what has arrived can still be read.</summary>
    private void Leave()
    {
        Move(TcpInput.Ended);
        _sender.Clear();
        _timer.Cancel();
        _lingering?.Cancel();
        _keepAlive?.End();
        _faults?.Cancel();
        Host.Tcp.Forget(this);

        // A peer that waits for room has to ask from now on: none will be announced.
        Peer?.ScheduleProbe();
    }

    private void Move(TcpInput input)
    {
        TcpState after = TcpTransitions.After(State, input);
        if (after == State)
        {
            return;
        }

        State = after;
        switch (after)
        {
            case TcpState.Established:
                OnEstablished();
                break;
            case TcpState.TimeWait:
                LeaveAfter(_options.TimeWait);
                break;
            case TcpState.Closed when input is TcpInput.FinAcknowledged or TcpInput.Shutdown:
                End();
                break;
        }
    }

    private void OnEstablished()
    {
        if (KeepAlive is not null)
        {
            BeginKeepAlive(KeepAlive);
        }

        if (_sender.Fin == FinState.Queued)
        {
            // Our half was ended during the handshake.
            Move(TcpInput.Shutdown);
        }
    }
}
