using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <content>Faults that strike the connection as a whole.</content>
internal sealed partial class FaultyTransport
{
    /// <summary>How many bytes more are taken while nothing is acknowledged.</summary>
    private int _unacknowledgedRoom;

    /// <summary>When a connection on which nothing is acknowledged is given up; null as long as nothing was sent.</summary>
    private TimeSpan? _giveUpAt;

    /// <summary>Whether the peer must not learn that the program has closed.</summary>
    private bool MustStaySilentLocked =>
        _innerState != InnerState.Gone
        && (_incoming == IncomingState.Forgotten || _outgoing == OutgoingState.Blackholed);

    /// <summary>A fault strikes in one direction, behind what was sent there before it.</summary>
    private void StrikeLocked(FaultKind kind, bool isOutgoing)
    {
        _faults.Ended.Add(_inner);
        EndingFaults.Apply(kind, new StruckDirection(this, isOutgoing));
    }

    /// <summary>The program's half has ended on the way. What it has sent since then is answered with a reset.</summary>
    private void CutOutgoingLocked()
    {
        if (_innerState != InnerState.Open)
        {
            // A close follows anyway.
            return;
        }

        if (!_inner.CanShutdownWrite)
        {
            LoseLocked(ConnectionErrors.ResetByPeer());
            return;
        }

        bool hasMore = !_out.IsEmpty && _outgoing == OutgoingState.Open;
        bool isEndSent = _out.IsEmpty && _outgoing == OutgoingState.Ended;
        _out.Clear();
        if (OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Cut) == OutgoingAction.SendEnd && !isEndSent)
        {
            ShutDownInnerLocked();
        }

        if (hasMore)
        {
            OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Write);
            Schedule(AnswerCallback, this);
        }
    }

    private void AnswerCut()
    {
        lock (_gate)
        {
            if (
                _program == ProgramHold.Open
                && OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Answer) == OutgoingAction.Fail
            )
            {
                LoseLocked(ConnectionErrors.ResetByPeer());
                SettleLocked();
                RearmOrRetireLocked();
            }
        }

        Notify();
    }

    /// <summary>From now on nothing gets through, in either direction.</summary>
    private void BlackholeLocked()
    {
        _out.Clear();
        _in.Clear();
        OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Blackhole);
        ApplyLocked(IncomingInput.Blackhole);
        _unacknowledgedRoom = _faults.Capacity;
        if (_program == ProgramHold.Closed)
        {
            StaySilentLocked();
        }
    }

    /// <summary>Takes bytes that nothing acknowledges.</summary>
    private int DropLocked(int count)
    {
        count = Math.Min(count, _unacknowledgedRoom);
        _unacknowledgedRoom -= count;
        _giveUpAt ??= _faults.Now + TcpDefaults.RetransmissionTimeout;
        return count;
    }

    /// <summary>The program has closed. The transport below is closed once the peer may learn of it, or must have given up too.</summary>
    private void StaySilentLocked()
    {
        _innerState = InnerState.Silent;
        _giveUpAt ??= _faults.Now + TcpDefaults.RetransmissionTimeout;
        EndAwaitedCloseLocked(TransportResult.Done);
        PumpLocked();
    }

    /// <summary>Nothing was acknowledged for too long.</summary>
    private void GiveUpLocked()
    {
        _giveUpAt = null;
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
        OutgoingTransitions.Apply(ref _outgoing, OutgoingInput.Lose);
        EndPendingSendLocked(TransportResult.Failed(error));
        _terminal ??= TransportResult.Failed(error);
        ApplyLocked(IncomingInput.Lose);
    }

    /// <summary>What the program sends, or what it receives. Used with the lock held.</summary>
    private readonly struct StruckDirection(FaultyTransport transport, bool isOutgoing) : IStruckDirection
    {
        public void Reset() => transport.LoseLocked(ConnectionErrors.ResetByPeer());

        public void Cut()
        {
            if (isOutgoing)
            {
                transport.CutOutgoingLocked();
            }
            else
            {
                transport.ApplyLocked(IncomingInput.Cut);
            }
        }

        public void CutOther()
        {
            transport.StartReceivingLocked();
            (isOutgoing ? transport._in : transport._out).EnterCut();
        }

        public void Blackhole() => transport.BlackholeLocked();

        public void ForgetAtReceiver()
        {
            if (isOutgoing)
            {
                // The peer loses it now, and the program once it sends more.
                transport.AbortInnerLocked();
                OutgoingTransitions.Apply(ref transport._outgoing, OutgoingInput.Cut);
                transport.ApplyLocked(IncomingInput.Blackhole);
                return;
            }

            transport._out.Clear();
            OutgoingTransitions.Apply(ref transport._outgoing, OutgoingInput.Lose);
            transport._terminal ??= TransportResult.Failed(ConnectionErrors.ResetByPeer());
            transport.ApplyLocked(IncomingInput.Forget);
        }
    }
}
