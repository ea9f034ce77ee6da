using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A program's hold on one end of a simulated connection: its socket.</summary>
internal sealed class SimulatedTransport : Transport, ITcpProgram
{
    private readonly SimulatedWorld _world;
    private readonly TcpEndpoint _endpoint;
    private readonly ProgramScope _scope;

    // Completed by items of the world, which run with no current context: what awaits this continues on the simulator's thread.
    private readonly TaskCompletionSource<Transport>? _connecting;
    private TransportLife _life;
    private Memory<byte> _pendingReceive;
    private ReadOnlySequence<byte> _pendingSend;

    /// <param name="world">Where.</param>
    /// <param name="endpoint">Held from here on.</param>
    /// <param name="scope">Whose it is.</param>
    /// <param name="connecting">Told how the connecting went; null if the connection stands.</param>
    public SimulatedTransport(
        SimulatedWorld world,
        TcpEndpoint endpoint,
        ProgramScope scope,
        TaskCompletionSource<Transport>? connecting = null
    )
    {
        _world = world;
        _endpoint = endpoint;
        _scope = scope;
        _connecting = connecting;
        endpoint.Attach(this);
    }

    public override EndPoint LocalEndPoint => _endpoint.Flow.Local;

    public override EndPoint RemoteEndPoint => _endpoint.Flow.Remote;

    public override TimeProvider TimeProvider => _endpoint.Host.TimeProvider;

    private string HostName => _endpoint.Host.Name;

    private long Id => _endpoint.Flow.Id;

    public override TransportResult Receive(Memory<byte> buffer)
    {
        _world.Scheduler.VerifyAccess("A receive on a simulated connection");
        if (_life != TransportLife.Open)
        {
            return ClosedHere();
        }

        if (_endpoint.Unread > 0)
        {
            return TransportResult.Completed(TakeArrived(buffer));
        }

        if (_endpoint.Error is { } error)
        {
            return TransportResult.Failed(error);
        }

        if (_endpoint.HasEnded)
        {
            return TransportResult.EndOfFile;
        }

        _pendingReceive = buffer;
        return TransportResult.Pending;
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        _world.Scheduler.VerifyAccess("A write on a simulated connection");
        if (_life != TransportLife.Open)
        {
            return ClosedHere();
        }

        if (_endpoint.Error is not null)
        {
            return TransportResult.Failed(new ConnectionException(ConnectionErrorKind.BrokenPipe, "Broken pipe"));
        }

        int count = Math.Min(data.Length, _endpoint.Room);
        if (count > 1 && _world.Choices.Chance(ChoiceKind.Split, _world.Faults.ShortWritePerMille))
        {
            count = _world.Choices.Between(ChoiceKind.Split, 1, count);
        }

        if (count > 0)
        {
            _endpoint.Write(data[..count]);
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
        _endpoint.Shutdown();
        return TransportResult.Done;
    }

    public override TransportResult Close()
    {
        _world.Scheduler.VerifyAccess("The close of a simulated connection");
        if (_life == TransportLife.Crashed)
        {
            return TransportResult.Done;
        }

        Record(TraceKind.Closed);

        // As the socket driver does: what has arrived unread is discarded first, or the kernel would reset the connection
        // and take our last words along. What arrives from now on is answered with a reset.
        _endpoint.DiscardUnread();
        _endpoint.Close();
        End();
        return TransportResult.Done;
    }

    public override void Abort()
    {
        _world.Scheduler.VerifyAccess("The abort of a simulated connection");
        if (_life != TransportLife.Crashed)
        {
            _endpoint.Abort();
            End();
        }
    }

    public override void CarryCiphertext() => _endpoint.CarryCiphertext();

    /// <summary>With no current context, so that what awaits without one continues on the simulator's thread.</summary>
    public override void Schedule(Action<object?> callback, object? state) => _scope.Schedule(callback, state);

    public void OnConnected()
    {
        Record(TraceKind.Connected, _endpoint.Flow.Remote.ToString());
        if (_scope.Enters(static state => ((SimulatedTransport)state!).CompleteConnecting(), this))
        {
            CompleteConnecting();
        }
    }

    public void OnReadable()
    {
        if (
            !_pendingReceive.IsEmpty
            && _scope.Enters(static state => ((SimulatedTransport)state!).CompletePendingReceive(), this)
        )
        {
            CompletePendingReceive();
        }
    }

    public void OnWritable()
    {
        if (
            !_pendingSend.IsEmpty
            && _scope.Enters(static state => ((SimulatedTransport)state!).CompletePendingSend(), this)
        )
        {
            CompletePendingSend();
        }
    }

    public void OnFailed(ConnectionException error)
    {
        if (_scope.Enters(static state => ((SimulatedTransport)state!).Fail(), this))
        {
            Fail();
        }
    }

    public void OnCrashed()
    {
        _life = TransportLife.Crashed;
        if (_scope.EndsWithHost)
        {
            _pendingReceive = default;
            _pendingSend = default;
        }
        else
        {
            _scope.Post(static state => ((SimulatedTransport)state!).EndPending(), this);
        }
    }

    private void CompleteConnecting()
    {
        // A connection that was lost while its program stood still is told of as such.
        if (_life == TransportLife.Open && _endpoint.Error is null)
        {
            _connecting!.TrySetResult(this);
        }
    }

    private void CompletePendingSend()
    {
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

    private void Fail()
    {
        ConnectionException error = _endpoint.Error!;
        if (_connecting is { Task.IsCompleted: false })
        {
            Record(TraceKind.ConnectFailed, error.Message);
            _connecting.TrySetException(error);
            return;
        }

        if (!_pendingSend.IsEmpty)
        {
            _pendingSend = default;
            Handler.SendCompleted(TransportResult.Failed(error));
        }

        CompletePendingReceive();
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
        int count = Math.Min(buffer.Length, _endpoint.Unread);
        if (count > 1 && _world.Choices.Chance(ChoiceKind.Split, _world.Faults.ShortReadPerMille))
        {
            count = _world.Choices.Between(ChoiceKind.Split, 1, count);
        }

        _endpoint.Read(buffer.Span[..count]);
        return count;
    }

    private void ResetIfTheTapeSaysSo()
    {
        if (_world.Choices.Chance(ChoiceKind.Reset, _world.Faults.ResetPerMille))
        {
            _world.Trace.Record(_world.Scheduler.Now, HostName, Id, TraceKind.Fault, text: "reset");
            _endpoint.InjectReset();
        }
    }

    /// <summary>The program lets go. What it had pending ends as a world item of its own: never on the stack of the one who closes.</summary>
    private void End()
    {
        _life = TransportLife.Closed;
        if (!_pendingReceive.IsEmpty || !_pendingSend.IsEmpty)
        {
            _scope.Post(static state => ((SimulatedTransport)state!).EndPending(), this);
        }
    }

    private void EndPending()
    {
        if (_life == TransportLife.Crashed)
        {
            _connecting?.TrySetException(_scope.HasCrashed());
        }

        if (!_pendingReceive.IsEmpty)
        {
            _pendingReceive = default;
            Handler.ReceiveCompleted(ClosedHere());
        }

        if (!_pendingSend.IsEmpty)
        {
            _pendingSend = default;
            Handler.SendCompleted(ClosedHere());
        }
    }

    private TransportResult ClosedHere() =>
        TransportResult.Failed(
            _life == TransportLife.Crashed
                ? _scope.HasCrashed()
                : new ConnectionException(ConnectionErrorKind.Aborted, "The connection was closed on this side.")
        );

    private void Record(TraceKind kind, string text = "") =>
        _world.Trace.Record(_world.Scheduler.Now, HostName, Id, kind, text: text);
}
