using System.Buffers;
using System.Net;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A program's hold on one end of a Unix connection within a host.</summary>
/// <remarks>As on Linux there is no reset: the peer of one that is aborted reads the end of the stream, unless bytes of its own were still unread here.</remarks>
internal sealed class UnixTransport : Transport
{
    /// <summary>About what waking a thread takes. With none, two programs that talk for as long as some time lasts would never see its end.</summary>
    private static readonly TimeSpan WakeTime = TimeSpan.FromMicroseconds(10);

    private readonly SimulatedWorld _world;
    private readonly UnixEnd _end;
    private readonly ProgramScope _scope;
    private readonly TimeSpan? _linger;
    private TransportLife _life;
    private WakeState _wake;
    private Memory<byte> _pendingReceive;
    private ReadOnlySequence<byte> _pendingSend;

    /// <param name="world">Where.</param>
    /// <param name="end">Held from here on.</param>
    /// <param name="scope">Whose it is.</param>
    /// <param name="options">Of them, only zero for <see cref="ConnectionOptions.Linger"/> means something: what is written is with the peer.</param>
    public UnixTransport(SimulatedWorld world, UnixEnd end, ProgramScope scope, ConnectionOptions options)
    {
        _linger = options.Linger;
        _world = world;
        _end = end;
        _scope = scope;
        end.Host.Unix.Add(this, end);
        end.Woken = WakeLater;
    }

    private enum WakeState
    {
        Asleep,
        Woken,
    }

    public override EndPoint LocalEndPoint => _end.Local;

    public override EndPoint RemoteEndPoint => _end.Remote;

    public override TimeProvider TimeProvider => _end.Host.TimeProvider;

    public override TransportResult Receive(Memory<byte> buffer)
    {
        _world.Scheduler.VerifyAccess("A receive on a simulated connection");
        if (_life != TransportLife.Open)
        {
            return ClosedHere();
        }

        if (_end.Unread > 0)
        {
            int count = Math.Min(buffer.Length, _end.Unread);
            _end.Read(buffer.Span[..count]);
            return TransportResult.Completed(count);
        }

        if (_end.Error is { } error)
        {
            return TransportResult.Failed(error);
        }

        if (_end.HasEnded)
        {
            return TransportResult.EndOfFile;
        }

        _pendingReceive = buffer;
        return TransportResult.Pending;
    }

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        _world.Scheduler.VerifyAccess("A write on a simulated connection");
        MemoryWatch.Check(_world, _end.Host.Name, _end.Id, Handler);
        return _life != TransportLife.Open ? ClosedHere()
            : _end.IsBroken ? TransportResult.Failed(ConnectionErrors.BrokenPipe())
            : TransportResult.Completed(_end.Write(data));
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
        _end.Shutdown();
        return TransportResult.Done;
    }

    public override TransportResult Close()
    {
        _world.Scheduler.VerifyAccess("The close of a simulated connection");
        if (_life == TransportLife.Open)
        {
            _end.Record(TraceKind.Closed);

            if (_linger != TimeSpan.Zero)
            {
                // As the socket driver does, or the peer would be told of an error.
                _end.DiscardUnread();
            }

            End();
        }

        return TransportResult.Done;
    }

    public override void Abort()
    {
        _world.Scheduler.VerifyAccess("The abort of a simulated connection");
        if (_life == TransportLife.Open)
        {
            _end.Record(TraceKind.Closed, "aborted");
            End();
        }
    }

    public override void CarryCiphertext() => _end.CarryCiphertext();

    /// <summary>With no current context, so that what awaits without one continues on the simulator's thread.</summary>
    public override void Schedule(Action<object?> callback, object? state) => _scope.Schedule(callback, state);

    /// <summary>The host has crashed, and both ends with it.</summary>
    public void Crash()
    {
        _life = TransportLife.Crashed;
        _end.Woken = null;
        if (_scope.EndsWithHost)
        {
            _pendingReceive = default;
            _pendingSend = default;
        }
        else
        {
            WakeLater();
        }
    }

    private void End()
    {
        _life = TransportLife.Closed;
        _end.Host.Unix.Remove(_end);
        _end.Close();
        WakeLater();
    }

    /// <summary>Never on the stack of the peer's call, or of our own.</summary>
    private void WakeLater()
    {
        if (_wake == WakeState.Asleep && (!_pendingReceive.IsEmpty || !_pendingSend.IsEmpty))
        {
            _wake = WakeState.Woken;
            _world.Scheduler.ScheduleAfter(
                WakeTime,
                _end.Host.Name,
                static state => ((UnixTransport)state!).Wake(),
                this
            );
        }
    }

    private void Wake()
    {
        _wake = WakeState.Asleep;
        if (_scope.Enters(static state => ((UnixTransport)state!).CompletePending(), this))
        {
            CompletePending();
        }
    }

    private void CompletePending()
    {
        if (!_pendingReceive.IsEmpty)
        {
            Memory<byte> buffer = _pendingReceive;
            _pendingReceive = default;
            TransportResult result = Receive(buffer);
            if (result.Status != TransportStatus.Pending)
            {
                Handler.ReceiveCompleted(result);
            }
        }

        if (!_pendingSend.IsEmpty)
        {
            ReadOnlySequence<byte> data = _pendingSend;
            _pendingSend = default;
            TransportResult result = Send(data);
            if (result.Status != TransportStatus.Pending)
            {
                Handler.SendCompleted(result);
            }
        }
    }

    private TransportResult ClosedHere() =>
        TransportResult.Failed(_life == TransportLife.Crashed ? _scope.HasCrashed() : ConnectionErrors.ClosedHere());
}
