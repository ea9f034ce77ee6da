using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;

namespace Deterministic.Faults.Decorating;

/// <content>Faults that strike the connection as a whole.</content>
internal sealed partial class FaultyTransport
{
    /// <summary>How many bytes more vanish before a send blocks: nobody acknowledges them.</summary>
    private int _darkRoom;

    /// <summary>When whoever is in the dark gives up; null as long as nothing was sent.</summary>
    private TimeSpan? _darkUntil;

    /// <summary>Whether the peer must not learn that the program has let go.</summary>
    private bool MustStaySilent =>
        _innerState != InnerState.Gone && (_incoming == IncomingState.Forgotten || _outgoing == OutgoingState.Dark);

    /// <summary>What the program sends is struck, behind what it has sent before.</summary>
    private void StrikeOutgoingLocked(FaultKind kind)
    {
        _faults.Ended.Add(_inner);
        switch (kind)
        {
            case FaultKind.Reset:
                LoseLocked(ResetByPeer());
                break;
            case FaultKind.FinEarly:
                CutLocked();
                StartReceivingLocked();
                _in.EnterBehind(InFlightItemKind.Fault, FaultKind.HalfClose);
                break;
            case FaultKind.HalfClose:
                CutLocked();
                break;
            case FaultKind.SilentDrop:
                BlackholeLocked();
                break;
            default:
                // The peer loses it now, and the program once it sends more.
                AbortInnerLocked();
                _outgoing = OutgoingState.Cut;
                _incoming = _incoming == IncomingState.Open ? IncomingState.Dark : _incoming;
                break;
        }
    }

    /// <summary>What the peer sends is struck, behind what it has sent before.</summary>
    private void StrikeIncomingLocked(FaultKind kind)
    {
        _faults.Ended.Add(_inner);
        switch (kind)
        {
            case FaultKind.Reset:
                LoseLocked(ResetByPeer());
                break;
            case FaultKind.FinEarly:
                EndByFaultLocked();
                _out.EnterBehind(InFlightItemKind.Fault, FaultKind.HalfClose);
                break;
            case FaultKind.HalfClose:
                EndByFaultLocked();
                break;
            case FaultKind.SilentDrop:
                BlackholeLocked();
                break;
            default:
                _out.Clear();
                _outgoing = OutgoingState.Lost;
                _terminal ??= TransportResult.Failed(ResetByPeer());
                _incoming = IncomingState.Forgotten;
                break;
        }
    }

    /// <summary>Our half has ended on the way. What the program has sent since then meets that.</summary>
    private void CutLocked()
    {
        if (_innerState != InnerState.Open)
        {
            // A close follows anyway.
            return;
        }

        if (!_inner.CanShutdownWrite)
        {
            LoseLocked(ResetByPeer());
            return;
        }

        bool hasMore = !_out.IsEmpty && _outgoing == OutgoingState.Open;
        bool hasEnded = _outgoing == OutgoingState.Ended && _out.IsEmpty;
        _out.Clear();
        _outgoing = OutgoingState.Cut;
        if (hasEnded)
        {
            return;
        }

        ShutDownInnerLocked();
        if (hasMore)
        {
            MeetCutLocked();
        }
    }

    /// <summary>What was sent is answered with a reset, which takes its time.</summary>
    private void MeetCutLocked()
    {
        if (_outgoing == OutgoingState.Cut)
        {
            _outgoing = OutgoingState.Answered;
            Schedule(AnswerCallback, this);
        }
    }

    private void AnswerCut()
    {
        lock (_gate)
        {
            if (_program == ProgramHold.Open && _outgoing == OutgoingState.Answered)
            {
                LoseLocked(ResetByPeer());
                SettleLocked();
                RearmOrRetireLocked();
            }
        }

        Tell();
    }

    /// <summary>The peer's half has ended on the way.</summary>
    private void EndByFaultLocked()
    {
        if (_incoming == IncomingState.Open)
        {
            _terminal = TransportResult.EndOfFile;
            _incoming = IncomingState.Cut;
        }
    }

    /// <summary>From now on nothing gets through, in either direction.</summary>
    private void BlackholeLocked()
    {
        _out.Clear();
        _in.Clear();
        _outgoing = OutgoingState.Dark;
        _incoming = _incoming == IncomingState.Ended ? _incoming : IncomingState.Dark;
        _darkRoom = _faults.Capacity;
        if (_program == ProgramHold.Closed)
        {
            StaySilentLocked();
        }
    }

    /// <summary>Sends into the dark.</summary>
    private int SwallowLocked(int count)
    {
        count = Math.Min(count, _darkRoom);
        _darkRoom -= count;
        _darkUntil ??= _faults.Now + TcpDefaults.RetransmissionTimeout;
        return count;
    }

    /// <summary>The program has let go. What lies below is let go of once the peer may be told, or must have given up too.</summary>
    private void StaySilentLocked()
    {
        _innerState = InnerState.Silent;
        _darkUntil ??= _faults.Now + TcpDefaults.RetransmissionTimeout;
        EndAwaitedCloseLocked(TransportResult.Done);
        PumpLocked();
    }

    /// <summary>Nobody has acknowledged anything for too long.</summary>
    private void GiveUpInTheDarkLocked()
    {
        _darkUntil = null;
        if (_program == ProgramHold.Open)
        {
            LoseLocked(
                new ConnectionException(
                    ConnectionErrorKind.TimedOut,
                    "Connection timed out: the peer acknowledges nothing."
                )
            );
        }
        else
        {
            AbortInnerLocked();
        }
    }

    /// <summary>The connection is lost, for the peer too. What has arrived can still be received.</summary>
    private void LoseLocked(ConnectionException error)
    {
        AbortInnerLocked();
        _in.Clear();
        _outgoing = OutgoingState.Lost;
        EndPendingSendLocked(TransportResult.Failed(error));
        _terminal ??= TransportResult.Failed(error);
        _incoming = IncomingState.Ended;
    }

    private static ConnectionException ResetByPeer() => new(ConnectionErrorKind.Reset, "Connection reset by peer.");
}
