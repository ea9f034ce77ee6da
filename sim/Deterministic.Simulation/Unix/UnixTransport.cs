using System.Net;
using Deterministic.Exploration;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Programs;
using Deterministic.Simulation.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Unix;

/// <summary>A program's hold on one end of a Unix connection within a host.</summary>
/// <remarks>As on Linux there is no reset: the peer of one that is aborted reads the end of the stream, unless bytes of its own were still unread here.</remarks>
internal sealed class UnixTransport : HostTransport
{
    /// <summary>About what waking a thread takes. With none, two programs that talk for as long as some time lasts would never see its end.</summary>
    private static readonly TimeSpan WakeTime = TimeSpan.FromMicroseconds(10);

    private readonly UnixEndpoint _end;
    private readonly StreamFaults _faults;
    private readonly TimeSpan? _linger;
    private WakeState _wake;

    /// <param name="world">Where.</param>
    /// <param name="end">Held from here on.</param>
    /// <param name="scope">The program that owns it.</param>
    /// <param name="options">Of them, only <see cref="ConnectionOptions.Linger"/> means something: with none a close does not wait, for what is written is with the peer, or lost with it.</param>
    public UnixTransport(WorldContext world, UnixEndpoint end, ProgramScope scope, ConnectionOptions options)
        : base(world, end.Host, scope)
    {
        _linger = options.Linger;
        _end = end;
        _faults = new StreamFaults(world.Injector, end, end.Id);
        end.Sockets.Add(this, end);
        end.Woken = WakeLater;
    }

    private enum WakeState
    {
        Asleep,
        Woken,
    }

    public override EndPoint LocalEndPoint => _end.Local;

    public override EndPoint RemoteEndPoint => _end.Remote;

    public override TransportResult TrySend(ReadOnlySpan<byte> data)
    {
        World.Scheduler.VerifyAccess("A write on a simulated connection");
        MemoryWatch.Check(World, Host.Name, _end.Id, Handler);
        return Life != TransportLife.Open ? ClosedHere()
            : _end.IsBroken ? TransportResult.Failed(ConnectionErrors.BrokenPipe())
            : TransportResult.Completed(Write(data));
    }

    public override TransportResult ShutdownWrite()
    {
        World.Scheduler.VerifyAccess("The end of a write on a simulated connection");
        _end.Shutdown();
        return TransportResult.Done;
    }

    public override TransportResult Close()
    {
        World.Scheduler.VerifyAccess("The close of a simulated connection");
        if (Life == TransportLife.Open)
        {
            _end.Record(TraceKind.Closed);

            if (_linger != TimeSpan.Zero && !IsRefilled())
            {
                // As the socket driver does, or the peer would get an error.
                _end.DiscardUnread();
            }

            End();
            if (_linger > TimeSpan.Zero && _end.Error is { } lost)
            {
                return TransportResult.Failed(lost);
            }
        }

        return TransportResult.Done;
    }

    public override void Abort()
    {
        World.Scheduler.VerifyAccess("The abort of a simulated connection");
        if (Life == TransportLife.Open)
        {
            _end.Record(TraceKind.Closed, "aborted");
            End();
        }
    }

    public override void MarkEncrypted() => _end.MarkEncrypted();

    /// <summary>The host has crashed, and both ends with it.</summary>
    public void Crash()
    {
        _end.Woken = null;
        LoseHost();
    }

    protected override TransportResult TryReceive(Memory<byte> buffer)
    {
        if (_end.Unread > 0)
        {
            int available = Math.Min(buffer.Length, _end.Unread);
            int count = _faults.Shorten(available);
            RecordRead(count, isCut: count < available);
            _end.Read(buffer.Span[..count]);
            return TransportResult.Completed(count);
        }

        return _end.Error is { } error ? TransportResult.Failed(error)
            : _end.HasEnded ? TransportResult.EndOfFile
            : TransportResult.Pending;
    }

    protected override void EndPendingLater() => WakeLater();

    protected override long Id => _end.Id;

    /// <summary>Of the faults of a stream only the cuts apply: between the two endpoints there is one kernel, and no network.</summary>
    private int Write(ReadOnlySpan<byte> data)
    {
        int room = Math.Min(data.Length, _end.Room);
        int count = _faults.Take(room);
        return count < room ? _end.Write(data[..count], CutTexts.ByShortWrite) : _end.Write(data);
    }

    private void End()
    {
        LetGo();
        _end.Sockets.Remove(_end);
        _end.Close();
        EndPendingLater();
    }

    /// <summary>Never on the stack of the peer's call, or of our own.</summary>
    private void WakeLater()
    {
        if (_wake == WakeState.Asleep && (IsReceivePending || IsSendPending))
        {
            _wake = WakeState.Woken;
            World.Scheduler.ScheduleAfter(WakeTime, Host.Name, static state => ((UnixTransport)state!).Wake(), this);
        }
    }

    private void Wake()
    {
        _wake = WakeState.Asleep;
        if (Scope.Enters(static state => ((UnixTransport)state!).RetryPending(), this))
        {
            RetryPending();
        }
    }

    /// <summary>Whether a peer that waits for room has written again between the discarding of what is unread and the close: these are two calls of the system.</summary>
    private bool IsRefilled() => _end.IsPeerBlocked && World.Choices.Choose(ChoiceKind.Reset, 2) == 1;

    private void RetryPending()
    {
        // Of a reader and a writer that both hear of the peer's close, either may be first.
        if (IsReceivePending && IsSendPending && _end.IsBroken && World.Choices.Choose(ChoiceKind.Close, 2) == 1)
        {
            RetrySend();
        }

        RetryReceive();
        RetrySend();
    }
}
