using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>One end of a simulated connection.</summary>
internal sealed class SimulatedTransport : Transport
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedHost _host;
    private readonly ArrivedBytes _arrived = new();

    private SimulatedLine _out = null!;
    private SimulatedTransport _peer = null!;
    private TransportLife _life;
    private HalfState _sending;
    private HalfState _receiving;
    private Memory<byte> _pendingReceive;
    private ReadOnlySequence<byte> _pendingSend;
    private bool _windowUpdateUnderWay;

    private SimulatedTransport(SimulatedWorld world, SimulatedHost host, long id, IPEndPoint local, IPEndPoint remote)
    {
        _world = world;
        _host = host;
        Id = id;
        LocalEndPoint = local;
        RemoteEndPoint = remote;
    }

    public override EndPoint LocalEndPoint { get; }

    public override EndPoint RemoteEndPoint { get; }

    public string HostName => _host.Name;

    public long Id { get; }

    /// <summary>Bytes that arrived here and were not yet received by the program.</summary>
    public int Unread => _arrived.Count;

    /// <summary>Two ends of one connection.</summary>
    public static (SimulatedTransport Client, SimulatedTransport Server) CreatePair(
        SimulatedWorld world,
        SimulatedHost client,
        IPEndPoint clientAddress,
        SimulatedHost server,
        IPEndPoint serverAddress,
        long id
    )
    {
        SimulatedTransport near = new(world, client, id, clientAddress, serverAddress);
        SimulatedTransport far = new(world, server, id, serverAddress, clientAddress);
        near.Join(far);
        far.Join(near);
        return (near, far);
    }

    /// <summary>Nothing that this end sends arrives before then.</summary>
    public void NotBefore(TimeSpan arrival) => _out.NotBefore(arrival);

    public override TransportResult Receive(Memory<byte> buffer)
    {
        _world.Scheduler.VerifyAccess("A receive on a simulated connection");
        if (Unread > 0)
        {
            return TransportResult.Completed(TakeArrived(buffer));
        }

        if (_life == TransportLife.Reset)
        {
            return TransportResult.Failed(ResetByPeer());
        }

        if (_receiving == HalfState.Ended)
        {
            return TransportResult.EndOfFile;
        }

        _pendingReceive = buffer;
        return TransportResult.Pending;
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        _world.Scheduler.VerifyAccess("A write on a simulated connection");
        if (_life == TransportLife.Reset)
        {
            return TransportResult.Failed(new ConnectionException(ConnectionErrorKind.BrokenPipe, "Broken pipe"));
        }

        int count = Math.Min(data.Length, _out.Window);
        if (count > 1 && _world.Choices.Chance(ChoiceKind.Split, _world.Faults.ShortWritePerMille))
        {
            count = _world.Choices.Between(ChoiceKind.Split, 1, count);
        }

        if (count > 0)
        {
            Record(TraceKind.Sent, data[..count]);
            _out.Send(data[..count]);
            ResetIfTheTapeSaysSo();
        }

        return TransportResult.Completed(count);
    }

    public override TransportResult Send(in ReadOnlySequence<byte> data)
    {
        TransportResult result = TrySend(data.FirstSpan);
        if (result.Status == TransportStatus.Completed && result.Count == 0)
        {
            _pendingSend = data;
            return TransportResult.Pending;
        }

        return result;
    }

    public override TransportResult ShutdownWrite()
    {
        _world.Scheduler.VerifyAccess("The end of a write on a simulated connection");
        SendFin();
        return TransportResult.Done;
    }

    public override TransportResult Close()
    {
        _world.Scheduler.VerifyAccess("The close of a simulated connection");
        if (_life == TransportLife.Open)
        {
            // As the socket driver does: what has arrived unread is discarded first, or the kernel would reset the connection
            // and take our last words along. What arrives from now on is answered with a reset.
            SendFin();
            Record(TraceKind.Closed);
        }

        bool discards = Unread > 0;
        End();
        if (discards)
        {
            // A sender that waits for the window finds out by sending on, as by the probes of a kernel. After an abort it is the
            // reset that it hears of: nobody opens a window then.
            _peer.AnnounceWindow();
        }

        return TransportResult.Done;
    }

    public override void Abort()
    {
        _world.Scheduler.VerifyAccess("The abort of a simulated connection");
        SendReset();
        End();
    }

    /// <summary>With no current context, so that what awaits without one continues on the simulator's thread.</summary>
    public override void Schedule(Action<object?> callback, object? state) =>
        _world.Scheduler.Post(HostName, callback.Invoke, state);

    /// <summary>Something arrives from the peer.</summary>
    public void Arrive(in Segment segment)
    {
        if (_life != TransportLife.Open)
        {
            AnswerStray(segment);
            return;
        }

        switch (segment.Kind)
        {
            case SegmentKind.Data:
                Record(TraceKind.Received, segment.Data);
                _arrived.Add(segment);
                break;
            case SegmentKind.Fin:
                Record(TraceKind.ReceivedEof);
                _receiving = HalfState.Ended;
                break;
            default:
                Record(TraceKind.ReceivedReset);
                _life = TransportLife.Reset;
                FailPendingSend();
                break;
        }

        CompletePendingReceive();
    }

    private void Join(SimulatedTransport peer)
    {
        _peer = peer;
        _out = new SimulatedLine(_world, peer);
    }

    /// <summary>Bytes for a program that has closed are answered with a reset: clause W-LOST-03.</summary>
    private void AnswerStray(in Segment segment)
    {
        if (_life == TransportLife.Closed && segment.Kind == SegmentKind.Data)
        {
            Record(TraceKind.SentReset);
            _out.Send(SegmentKind.Reset);
        }

        segment.Recycle();
    }

    private void CompletePendingReceive()
    {
        if (_pendingReceive.IsEmpty)
        {
            return;
        }

        Memory<byte> buffer = _pendingReceive;
        _pendingReceive = default;
        TransportResult result = Receive(buffer);
        if (result.Status != TransportStatus.Pending)
        {
            Handler.ReceiveCompleted(result);
        }
    }

    private int TakeArrived(Memory<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Unread);
        if (count > 1 && _world.Choices.Chance(ChoiceKind.Split, _world.Faults.ShortReadPerMille))
        {
            count = _world.Choices.Between(ChoiceKind.Split, 1, count);
        }

        _arrived.Take(buffer.Span[..count]);
        _peer.AnnounceWindow();
        return count;
    }

    /// <summary>The peer has made room. A sender that waits for it hears of it after the time that the news travels.</summary>
    private void AnnounceWindow()
    {
        if (!_pendingSend.IsEmpty && !_windowUpdateUnderWay)
        {
            _windowUpdateUnderWay = true;
            TimeSpan delay = _world.Network.DrawLatency();
            _world.Scheduler.ScheduleAfter(
                delay,
                HostName,
                static state => ((SimulatedTransport)state!).ContinueSend(),
                this
            );
        }
    }

    private void ContinueSend()
    {
        _windowUpdateUnderWay = false;
        if (_pendingSend.IsEmpty)
        {
            return;
        }

        ReadOnlySequence<byte> data = _pendingSend;
        _pendingSend = default;
        TransportResult result = Send(data);
        if (result.Status != TransportStatus.Pending)
        {
            Handler.SendCompleted(result);
        }
    }

    private void FailPendingSend()
    {
        if (!_pendingSend.IsEmpty)
        {
            _pendingSend = default;
            Handler.SendCompleted(TransportResult.Failed(ResetByPeer()));
        }
    }

    private void ResetIfTheTapeSaysSo()
    {
        if (_world.Choices.Chance(ChoiceKind.Reset, _world.Faults.ResetPerMille))
        {
            _world.Trace.Record(_world.Scheduler.Now, HostName, Id, TraceKind.Fault, text: "reset");
            _out.Send(SegmentKind.Reset);
            _peer._out.Send(SegmentKind.Reset);
        }
    }

    private void SendFin()
    {
        if (_sending == HalfState.Open && _life == TransportLife.Open)
        {
            _sending = HalfState.Ended;
            Record(TraceKind.SentEof);
            _out.Send(SegmentKind.Fin);
        }
    }

    private void SendReset()
    {
        if (_life == TransportLife.Open)
        {
            Record(TraceKind.SentReset);
            _out.Send(SegmentKind.Reset);
        }
    }

    /// <summary>The program lets go. What it had pending ends as a world item of its own: never on the stack of the one who closes.</summary>
    private void End()
    {
        _life = TransportLife.Closed;
        _arrived.Clear();
        if (!_pendingReceive.IsEmpty || !_pendingSend.IsEmpty)
        {
            _world.Scheduler.Post(HostName, static state => ((SimulatedTransport)state!).EndPending(), this);
        }
    }

    private void EndPending()
    {
        TransportResult aborted = TransportResult.Failed(
            new ConnectionException(ConnectionErrorKind.Aborted, "The connection was closed on this side.")
        );
        if (!_pendingReceive.IsEmpty)
        {
            _pendingReceive = default;
            Handler.ReceiveCompleted(aborted);
        }

        if (!_pendingSend.IsEmpty)
        {
            _pendingSend = default;
            Handler.SendCompleted(aborted);
        }
    }

    private void Record(TraceKind kind) => _world.Trace.Record(_world.Scheduler.Now, HostName, Id, kind);

    private void Record(TraceKind kind, ReadOnlySpan<byte> data) =>
        _world.Trace.Record(_world.Scheduler.Now, HostName, Id, kind, data);

    private static ConnectionException ResetByPeer() => new(ConnectionErrorKind.Reset, "Connection reset by peer");
}
