using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Transports;

namespace Deterministic.Simulation.Tcp;

/// <content>What arrives from the network.</content>
internal sealed partial class TcpEndpoint
{
    /// <summary>A packet arrives; its buffer stays the caller's.</summary>
    public void Arrive(in Packet packet)
    {
        _heard = Now;
        _keepAlive?.Heard();
        if (packet.Has(PacketFlags.Rst))
        {
            ArriveReset(packet);
        }
        else if (State == TcpState.SynSent)
        {
            ArriveAnswer(packet);
        }
        else if (packet.Has(PacketFlags.Syn))
        {
            // Our answer, or the acknowledgement of theirs, was lost.
            Repeat();
        }
        else
        {
            ArriveSegment(packet);
        }
    }

    private void ArriveReset(in Packet packet)
    {
        if (State != TcpState.SynSent && packet.Sequence < _receiver.Next)
        {
            // It is older than what has arrived since: a reset of an earlier SYN that another one has overtaken (RFC 9293, 3.10.7.4).
            return;
        }

        Record(TraceKind.ReceivedReset);
        if (State == TcpState.TimeWait)
        {
            // Both streams are whole already.
            End();
            return;
        }

        Fail(
            State == TcpState.SynSent
                ? new ConnectionException(ConnectionErrorKind.Refused, RefusalText.Of(Flow))
                : LossByReset()
        );
    }

    /// <summary>What the kernel reports for a reset: a broken pipe if the program has received the peer's end and not ended its own half (<c>tcp_reset</c>).</summary>
    private ConnectionException LossByReset() =>
        State == TcpState.CloseWait || (HasEnded && IsCutOff)
            ? ConnectionErrors.BrokenPipe()
            : ConnectionErrors.ResetByPeer();

    private void ArriveAnswer(in Packet packet)
    {
        if (!packet.Has(PacketFlags.Syn) || !packet.Has(PacketFlags.Ack))
        {
            return;
        }

        _receiver.Synchronize();
        _sender.Acknowledge(packet.Acknowledgement, packet.Window, Now);
        Move(TcpInput.Established);
        ArmTimer();
        SendAcknowledgement();
        _program?.OnConnected();
    }

    private void Repeat()
    {
        if (State == TcpState.SynReceived)
        {
            SendSyn();
        }
        else
        {
            SendAcknowledgement();
        }
    }

    private void ArriveSegment(in Packet packet)
    {
        if (packet.Has(PacketFlags.Ack))
        {
            ArriveAcknowledgement(packet);
        }

        if (State != TcpState.Closed)
        {
            ArriveData(packet);
            Send();
        }
    }

    private void ArriveAcknowledgement(in Packet packet)
    {
        bool fresh = _sender.Acknowledge(packet.Acknowledgement, packet.Window, Now);
        if (State == TcpState.SynReceived && packet.Acknowledgement >= 1)
        {
            Move(TcpInput.Established);
            TcpStack.Established(this);
        }

        if (_sender.Fin == FinState.Acknowledged)
        {
            Move(TcpInput.FinAcknowledged);
            TellFlushed(error: null);
            WatchOrphan();
        }

        if (fresh)
        {
            _timer.Cancel();
        }

        if (fresh && Room > 0)
        {
            _program?.OnWritable();
        }
    }

    /// <summary>Whether what arrives will not be read. A close that lingers still has the socket, and takes what comes until it is over.</summary>
    private bool IsDeaf => _ownership == TcpOwnership.Orphaned && Flushed is null;

    private void ArriveData(in Packet packet)
    {
        if (packet.Sequence > _receiver.Next)
        {
            // Something before it was lost; the sender will send it all again.
            SendAcknowledgement();
            return;
        }

        bool fresh = packet.End > _receiver.Next;
        if (IsDeaf && packet.Sequence + packet.Length > _receiver.Next)
        {
            // Bytes for a program that has closed: clause W-LOST-03.
            RecordDropped(packet.Sequence + packet.Length - _receiver.Next, DroppedTexts.Late);
            SendReset();
            End();
            return;
        }

        long before = _receiver.Arrived;
        ReadOnlySpan<byte> taken = fresh ? _receiver.Accept(packet) : [];
        bool ended = fresh && _receiver.HasEnded;
        if (!taken.IsEmpty)
        {
            Record(TraceKind.Received, taken, packet.Content);
            StrikeArrival(before, taken.Length);
        }

        if (ended)
        {
            Record(TraceKind.ReceivedEof);
            Move(TcpInput.FinReceived);
        }

        if (packet.Length > 0 || packet.Has(PacketFlags.Fin) || packet.Sequence < _receiver.Next)
        {
            // Data, an end, or a probe: each is answered at once.
            SendAcknowledgement();
        }

        if (!taken.IsEmpty || ended)
        {
            _program?.OnReadable();
        }

        if (!taken.IsEmpty)
        {
            ForgetIfDue();
        }
    }
}
