using System.Net;
using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Programs;
using Deterministic.Simulation.Transports;
using Deterministic.Simulation.Waiting;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tcp;

/// <summary>A program's hold on one end of a simulated TCP connection: its socket.</summary>
internal sealed partial class SimulatedTransport : HostTransport, ITcpProgram, IStreamSink
{
    private readonly TcpEndpoint _endpoint;
    private readonly TaskCompletionSource<Transport>? _connecting;
    private readonly StreamFaults _faults;

    /// <summary>A kernel reports a loss once: a later write gets a broken pipe.</summary>
    private bool _isToldOfLoss;
    private LingeringClose? _lingering;

    /// <param name="world">Where.</param>
    /// <param name="endpoint">Held from here on.</param>
    /// <param name="scope">The program that owns it.</param>
    /// <param name="connecting">Told how the connecting went; null if the connection stands.</param>
    public SimulatedTransport(
        WorldContext world,
        TcpEndpoint endpoint,
        ProgramScope scope,
        TaskCompletionSource<Transport>? connecting = null
    )
        : base(world, endpoint.Host, scope)
    {
        _endpoint = endpoint;
        _connecting = connecting;
        _faults = new StreamFaults(world.Injector, endpoint.Flow, endpoint.Flow.Id);
        endpoint.Attach(this);
    }

    public override EndPoint LocalEndPoint => _endpoint.Flow.Local;

    public override EndPoint RemoteEndPoint => _endpoint.Flow.Remote;

    protected override long Id => _endpoint.Flow.Id;

    /// <summary>A hundred thousand idle connections need no memory to receive into.</summary>
    public override bool IsReceiveReady =>
        Life != TransportLife.Open || _endpoint.Unread > 0 || _endpoint.HasEnded || _endpoint.Error is not null;

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        World.Scheduler.VerifyAccess("A write on a simulated connection");
        if (Life != TransportLife.Open)
        {
            return ClosedHere();
        }

        if (_endpoint.Error is { } error)
        {
            return TransportResult.Failed(LossOnWrite(error));
        }

        MemoryWatch.Check(World, Host.Name, Id, Handler);
        return TransportResult.Completed(
            _endpoint.IsCutOff ? _endpoint.WriteBehindCut(data.Length) : _faults.Write(data, _endpoint.Room, this)
        );
    }

    public override TransportResult ShutdownWrite()
    {
        World.Scheduler.VerifyAccess("The end of a write on a simulated connection");
        _endpoint.Shutdown();
        return TransportResult.Done;
    }

    public override TransportResult Close()
    {
        World.Scheduler.VerifyAccess("The close of a simulated connection");
        if (Life == TransportLife.Crashed)
        {
            return TransportResult.Done;
        }

        Record(TraceKind.Closed);
        if (_endpoint.Linger == TimeSpan.Zero)
        {
            Abort();
            return TransportResult.Done;
        }

        // As the socket driver does: what has arrived unread is discarded first, or the kernel would reset the connection
        // and take our last words along. What arrives from now on is answered with a reset.
        _endpoint.DiscardUnread();
        _endpoint.Close();
        End();
        if (_endpoint.Linger is not { } time)
        {
            return TransportResult.Done;
        }

        if (_endpoint.Error is { } lost)
        {
            // It is not known what of it the peer's program has had.
            return TransportResult.Failed(lost);
        }

        if (_endpoint.IsFlushed)
        {
            return TransportResult.Done;
        }

        _lingering = new LingeringClose(World.Scheduler, _endpoint, time, CompleteClose);
        return TransportResult.Pending;
    }

    public override void Abort()
    {
        World.Scheduler.VerifyAccess("The abort of a simulated connection");
        if (Life == TransportLife.Crashed)
        {
            return;
        }

        _endpoint.Abort();
        End();
        if (_lingering is not null)
        {
            Scope.Post(static state => ((SimulatedTransport)state!).EndLingering(), this);
        }
    }

    public override object? GetExtraInfo(string name) =>
        name switch
        {
            IWaitTarget.ExtraInfo => _endpoint.Flow,
            FaultInfo.EndedByFault => World.Connections.IsEndedByFault(Id),
            _ => base.GetExtraInfo(name),
        };

    public override void MarkEncrypted() => _endpoint.MarkEncrypted();

    void IStreamSink.Send(ReadOnlySpan<byte> written, ReadOnlySpan<byte> sent, string cut)
    {
        _endpoint.Flow.Witness.Written(_endpoint.Flow.IsServer, written);
        if (sent != written)
        {
            // What the peer reads is not meant to be what was written.
            _endpoint.Flow.Witness.StopChecking(_endpoint.Flow.IsServer);
        }

        _endpoint.Write(sent, cut);
    }

    void IStreamSink.EndBehind(FaultKind kind) => EndingFaults.Apply(kind, _endpoint);

    protected override TransportResult TryReceive(Memory<byte> buffer)
    {
        if (_endpoint.Unread > 0)
        {
            return TransportResult.Completed(TakeArrived(buffer));
        }

        if (_endpoint.HasEnded)
        {
            // Also if a reset came behind it, as in a kernel: the stream is whole.
            return TransportResult.EndOfFile;
        }

        if (_endpoint.Error is { } error)
        {
            _isToldOfLoss = true;
            return TransportResult.Failed(error);
        }

        return TransportResult.Pending;
    }

    private int TakeArrived(Memory<byte> buffer)
    {
        int count = Math.Min(buffer.Length, _endpoint.Unread);
        int given = _faults.Shorten(count);
        RecordRead(given, isCut: given < count);
        count = given;
        _endpoint.Read(buffer.Span[..count]);
        if (!_endpoint.Flow.Witness.Read(_endpoint.Flow.IsServer, buffer.Span[..count]))
        {
            World.Violate(
                Host.Name,
                BuiltInProperties.StreamIntact,
                $"{Host.Name} #{Id}: what was read is not what the peer had written."
            );
        }

        return count;
    }

    /// <summary>The program has closed it. What it had pending ends in an item of its own: never on the stack of the call that closes.</summary>
    private void End()
    {
        LetGo();
        if (IsReceivePending || IsSendPending)
        {
            EndPendingLater();
        }
    }

    private void Record(TraceKind kind, string text = "") =>
        World.Trace.Record(World.Scheduler.Now, Host.Name, Id, kind, text: text);
}
