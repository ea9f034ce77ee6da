using System.Buffers;
using Deterministic.Core;
using Deterministic.Faults.Decorating;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Links;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tcp;

/// <summary>
/// One end of a TCP connection, as a kernel has it: it outlives the program's hold on it, until the last FIN is acknowledged and its wait is over.
/// </summary>
/// <remarks>
/// <para>Commands from the program: <see cref="Connect"/>, <see cref="Write"/>, <see cref="Read"/>, <see cref="Shutdown"/>, <see cref="Close"/>, <see cref="Abort"/>.</para>
/// <para>Inputs from the network: <see cref="Arrive"/>, and the timers.</para>
/// <para>Outputs: packets on the wire, and the calls of <see cref="ITcpProgram"/>.</para>
/// </remarks>
internal sealed partial class TcpEndpoint
{
    private readonly WorldContext _world;
    private readonly ITcpNetwork _network;
    private readonly TcpOptions _options;
    private readonly TcpSender _sender;
    private readonly TcpReceiver _receiver;
    private readonly Wire _wire;

    /// <summary>Null before the accept, and once the program has closed it.</summary>
    private ITcpProgram? _program;
    private TcpOwnership _ownership;

    public TcpEndpoint(WorldContext world, ITcpNetwork network, TcpFlow flow, TcpOptions options, NetworkLink link)
    {
        _world = world;
        _network = network;
        _options = options;
        Flow = flow;
        _sender = new TcpSender(options.SendBufferBytes);
        _receiver = new TcpReceiver(options.ReceiveBufferBytes, options.MaxSegmentBytes);
        _wire = new Wire(world, network, link, flow);
        _timer = world.Scheduler.CreateTimer(flow.Host.Name, static state => ((TcpEndpoint)state!).OnTimer(), this);
        _link = link;
    }

    public ITcpHost Host => Flow.Host;

    public TcpFlow Flow { get; }

    public TcpState State { get; private set; } = TcpState.Closed;

    /// <summary>Bytes to read.</summary>
    public int Unread => _receiver.Unread;

    /// <summary>Whether the peer has ended its half; what is <see cref="Unread"/> comes first.</summary>
    public bool HasEnded => _receiver.HasEnded;

    /// <summary>Bytes that the program has written so far.</summary>
    public long Written => _sender.Written;

    /// <summary>Bytes that a write would take: none while something is about to strike behind what was written.</summary>
    public int Room => State is TcpState.Established or TcpState.CloseWait && _behind is null ? _sender.Free : 0;

    /// <summary>Why the connection is lost, or null.</summary>
    public ConnectionException? Error { get; private set; }

    /// <summary>Whether small segments leave at once: TCP_NODELAY.</summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>How a silent peer is found out; null leaves it off.</summary>
    public KeepAliveOptions? KeepAlive { get; init; }

    public void Attach(ITcpProgram program)
    {
        _program = program;
        _ownership = TcpOwnership.Held;
    }

    /// <summary>Asks for a connection.</summary>
    public void Connect()
    {
        State = TcpState.SynSent;
        SendSyn();
    }

    /// <summary>Answers the question of a client.</summary>
    public void Answer(in Packet syn)
    {
        State = TcpState.SynReceived;
        _receiver.Synchronize();
        _sender.Acknowledge(0, syn.Window, Now);
        SendSyn();
    }

    /// <summary>Takes what the send buffer has room for.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="cut">By which fault they were cut off from what the program writes as well, for the trace; empty if by none.</param>
    /// <returns>How many bytes that is.</returns>
    public int Write(ReadOnlySpan<byte> data, string cut = "")
    {
        int count = _sender.Write(data[..Math.Min(data.Length, Room)]);
        _writeCut = cut;
        StrikeCoalescing();
        Send();
        return count;
    }

    /// <summary>Fills memory with what is unread; as much as there is.</summary>
    public void Read(Span<byte> destination)
    {
        _receiver.Read(destination);
        TellOfRoom();
    }

    /// <summary>Ends our half behind what is buffered. Idempotent.</summary>
    public void Shutdown()
    {
        Move(TcpInput.Shutdown);
        if (State is not (TcpState.Closed or TcpState.SynSent))
        {
            _sender.WriteFin();
            Send();
        }
    }

    /// <summary>The program closes it. With bytes unread the peer is reset, as by <c>close(2)</c>; else our half ends, and what is buffered is still sent.</summary>
    public void Close()
    {
        Release();
        if (Unread > 0)
        {
            Reset();
            return;
        }

        Shutdown();
        WatchOrphan();
    }

    /// <summary>Discards what is unread, and announces the room to the peer if it waits for it.</summary>
    public void DiscardUnread()
    {
        DropUnread();
        TellOfRoom();
    }

    /// <summary>The program aborts it, and the peer is reset.</summary>
    public void Abort()
    {
        Release();
        if (_outgoing == OutgoingState.Lost)
        {
            // To the program it is reset already. What it sent before is beyond its reach.
            DropUnread();
            WatchOrphan();
            return;
        }

        Reset();
    }

    /// <summary>The host is gone, and all its state with it.</summary>
    public void Crash(CrashStyle style)
    {
        ITcpProgram? program = _program;
        Release();
        _receiver.Clear();
        if (style == CrashStyle.Reset)
        {
            Reset();
        }
        else
        {
            End();
        }

        program?.OnCrashed();
        if (Flushed is not null)
        {
            _world.Scheduler.Post(
                Host.Name,
                static state => ((TcpEndpoint)state!).TellFlushed(((TcpEndpoint)state).Host.HasCrashed()),
                this
            );
        }
    }

    private TimeSpan Now => _world.Scheduler.Now;

    /// <summary>The other end, as long as there is one.</summary>
    private TcpEndpoint? Peer => Flow.Peer.Tcp.Find(Flow.PeerKey);

    /// <summary>Whether more of the peer's half may come, so that it has to know of room.</summary>
    private bool IsPeerSending => State is TcpState.Established or TcpState.FinWait1 or TcpState.FinWait2;

    private void TellOfRoom()
    {
        if (_receiver.NeedsUpdate && IsPeerSending)
        {
            SendAcknowledgement();
        }
    }

    /// <summary>Sends what may be sent.</summary>
    private void Send()
    {
        if (State is TcpState.Closed or TcpState.SynSent or TcpState.SynReceived or TcpState.TimeWait)
        {
            return;
        }

        while (
            !WaitsForMore()
            && _sender.NextSegment(_options.MaxSegmentBytes, NoDelay, out bool fin) is var count
            && (count > 0 || fin)
        )
        {
            count = Slice(count, ref fin, out string cut);
            bool first = _sender.Next == _sender.Most;
            long sequence = _sender.Next;
            byte[] buffer = count == 0 ? [] : ArrayPool<byte>.Shared.Rent(count);
            _sender.Take(buffer.AsSpan(0, count), fin, Now);
            PacketFlags flags =
                PacketFlags.Ack
                | (count > 0 ? PacketFlags.Psh : PacketFlags.None)
                | (fin ? PacketFlags.Fin : PacketFlags.None);
            Packet packet = new(flags, sequence, _receiver.Next, _receiver.Announce(), buffer, count)
            {
                Content = _sends,
            };
            Record(first ? TraceKind.Sent : TraceKind.SentAgain, packet, first ? CutBehind(cut) : "");
            Transmit(packet);
        }

        ArmTimer();
        StrikeBehind();
    }

    private void SendSyn()
    {
        _sender.SendSyn(Now);
        PacketFlags flags = State == TcpState.SynReceived ? PacketFlags.Syn | PacketFlags.Ack : PacketFlags.Syn;
        Transmit(new Packet(flags, 0, _receiver.Next, _receiver.Announce(), [], 0));
        ArmTimer();
    }

    private void SendAcknowledgement() => SendEmpty(PacketFlags.Ack, _sender.Most);

    private void SendReset()
    {
        Record(TraceKind.SentReset);
        SendEmpty(PacketFlags.Rst | PacketFlags.Ack, _sender.Most);
    }

    private void SendEmpty(PacketFlags flags, long sequence) =>
        Transmit(new Packet(flags, sequence, _receiver.Next, _receiver.Announce(), [], 0));

    private void Transmit(in Packet packet)
    {
        if (!_wire.Send(packet))
        {
            // What this would have said may never arrive: a peer that waits for it has to ask.
            Peer?.ScheduleProbe();
        }
    }
}
