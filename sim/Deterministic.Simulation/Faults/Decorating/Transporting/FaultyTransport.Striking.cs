using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

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

    /// <summary>Lock held. What the program sends is struck, behind what it has sent before.</summary>
    private void StrikeOutgoing(FaultKind kind)
    {
        _faults.Ended.Add(_inner);
        switch (kind)
        {
            case FaultKind.Reset:
                Lose(ResetByPeer());
                break;
            case FaultKind.FinEarly:
                Cut();
                StartReceiving();
                _in.EnterBehind(InFlightItemKind.Fault, FaultKind.HalfClose);
                break;
            case FaultKind.HalfClose:
                Cut();
                break;
            case FaultKind.SilentDrop:
                Blackhole();
                break;
            default:
                // The peer loses it now, and the program once it sends more.
                AbortInner();
                _outgoing = OutgoingState.Cut;
                _incoming = _incoming == IncomingState.Open ? IncomingState.Dark : _incoming;
                break;
        }
    }

    /// <summary>Lock held. What the peer sends is struck, behind what it has sent before.</summary>
    private void StrikeIncoming(FaultKind kind)
    {
        _faults.Ended.Add(_inner);
        switch (kind)
        {
            case FaultKind.Reset:
                Lose(ResetByPeer());
                break;
            case FaultKind.FinEarly:
                EndByFault();
                _out.EnterBehind(InFlightItemKind.Fault, FaultKind.HalfClose);
                break;
            case FaultKind.HalfClose:
                EndByFault();
                break;
            case FaultKind.SilentDrop:
                Blackhole();
                break;
            default:
                _out.Clear();
                _outgoing = OutgoingState.Lost;
                _terminal ??= TransportResult.Failed(ResetByPeer());
                _incoming = IncomingState.Forgotten;
                break;
        }
    }

    /// <summary>Lock held. Our half has ended on the way. What the program has sent since then meets that.</summary>
    private void Cut()
    {
        if (_innerState != InnerState.Open)
        {
            // A close follows anyway.
            return;
        }

        if (!_inner.CanShutdownWrite)
        {
            Lose(ResetByPeer());
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

        ShutDownInner();
        if (hasMore)
        {
            MeetCut();
        }
    }

    /// <summary>Lock held. What was sent is answered with a reset, which takes its time.</summary>
    private void MeetCut()
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
            if (_program == TransportLife.Open && _outgoing == OutgoingState.Answered)
            {
                Lose(ResetByPeer());
                Settle();
                RearmOrRetire();
            }
        }

        Tell();
    }

    /// <summary>Lock held. The peer's half has ended on the way.</summary>
    private void EndByFault()
    {
        if (_incoming == IncomingState.Open)
        {
            _terminal = TransportResult.EndOfFile;
            _incoming = IncomingState.Cut;
        }
    }

    /// <summary>Lock held. From now on nothing gets through, in either direction.</summary>
    private void Blackhole()
    {
        _out.Clear();
        _in.Clear();
        _outgoing = OutgoingState.Dark;
        _incoming = _incoming == IncomingState.Ended ? _incoming : IncomingState.Dark;
        _darkRoom = _faults.Capacity;
        if (_program == TransportLife.Closed)
        {
            StaySilent();
        }
    }

    /// <summary>Lock held. Sends into the dark.</summary>
    private int Swallow(int count)
    {
        count = Math.Min(count, _darkRoom);
        _darkRoom -= count;
        _darkUntil ??= _faults.Now + TcpOptions.Default.RetransmissionTimeout;
        return count;
    }

    /// <summary>Lock held. The program has let go. What lies below is let go of once the peer may be told, or must have given up too.</summary>
    private void StaySilent()
    {
        _innerState = InnerState.Silent;
        _darkUntil ??= _faults.Now + TcpOptions.Default.RetransmissionTimeout;
        EndAwaitedClose(TransportResult.Done);
        Pump();
    }

    /// <summary>Lock held. Nobody has acknowledged anything for too long.</summary>
    private void GiveUpInTheDark()
    {
        _darkUntil = null;
        if (_program == TransportLife.Open)
        {
            Lose(
                new ConnectionException(
                    ConnectionErrorKind.TimedOut,
                    "Connection timed out: the peer acknowledges nothing."
                )
            );
        }
        else
        {
            AbortInner();
        }
    }

    /// <summary>Lock held. The connection is lost, for the peer too. What has arrived can still be received.</summary>
    private void Lose(ConnectionException error)
    {
        AbortInner();
        _in.Clear();
        _outgoing = OutgoingState.Lost;
        EndPendingSend(TransportResult.Failed(error));
        _terminal ??= TransportResult.Failed(error);
        _incoming = IncomingState.Ended;
    }

    private static ConnectionException ResetByPeer() => new(ConnectionErrorKind.Reset, "Connection reset by peer.");
}
