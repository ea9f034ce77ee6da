using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;

namespace Deterministic.Faults.Decorating;

/// <summary>
/// A connection with faults on top of another one. Between the program and what lies below there are two ways, one for each direction, on which things travel; the program has the
/// one end of them, this pumps at the other.
/// </summary>
/// <remarks>
/// One lock guards all of it. The transport below is called with it held, which never calls back on the stack of a call; the program is told results without it, and never on the stack of
/// a call of its own.
/// </remarks>
#pragma warning disable CA1001 // The timer goes with the transport below.
internal sealed partial class FaultyTransport : Transport, ITransportHandler
#pragma warning restore CA1001
{
    private static readonly Action<object?> TellCallback = static state => ((FaultyTransport)state!).Tell();
    private static readonly Action<object?> AnswerCallback = static state => ((FaultyTransport)state!).AnswerCut();

    private readonly Lock _gate = new();
    private readonly Transport _inner;
    private readonly FaultDecisions _faults;
    private readonly long _connection;
    private readonly string _host;
    private readonly Peer _peer;
    private readonly TimeSpan? _linger;
    private readonly EndPoint? _address;
    private readonly FaultyDirection _out;
    private readonly FaultyDirection _in;
    private readonly PendingCompletions _owed = new();
    private ProgramHold _program;
    private InnerState _innerState;

    /// <summary>Whether the program waits for the close: one that lingers does.</summary>
    private bool _closeIsAwaited;

    /// <param name="inner">Connected; owned from here on.</param>
    /// <param name="faults">What is decided.</param>
    /// <param name="connection">Its number.</param>
    /// <param name="host">The decorated host.</param>
    /// <param name="peer">The other end.</param>
    /// <param name="options">How it was made.</param>
    /// <param name="address">What the host is known by for its sake; null for nothing, as where it was accepted: then the address is the listener's.</param>
    public FaultyTransport(
        Transport inner,
        FaultDecisions faults,
        long connection,
        string host,
        Peer peer,
        ConnectionOptions options,
        EndPoint? address = null
    )
    {
        _inner = inner;
        _faults = faults;
        _connection = connection;
        _host = host;
        _peer = peer;
        _linger = options.Linger;
        _address = address;
        _out = new FaultyDirection(faults, connection, new DirectionEnds(host, peer, isOutgoing: true), isStruck: true);
        _in = new FaultyDirection(
            faults,
            connection,
            new DirectionEnds(host, peer, isOutgoing: false),
            isStruck: !faults.Names.IsDecorated(peer.Name)
        );
        if (address is not null)
        {
            // This end has just connected. Where it was accepted, the other end may have been struck already.
            faults.Ended.Forget(inner);
        }

        inner.Attach(this);
    }

    public override EndPoint? LocalEndPoint => _inner.LocalEndPoint;

    public override EndPoint? RemoteEndPoint => _inner.RemoteEndPoint;

    public override TimeProvider TimeProvider => _inner.TimeProvider;

    public override bool CanShutdownWrite => _inner.CanShutdownWrite;

    public override bool ClosesAtEndOfFile => _inner.ClosesAtEndOfFile;

    public override int SmallestReceive => _inner.SmallestReceive;

    public override bool AllowsBlockingWaits => _inner.AllowsBlockingWaits;

    public override void BeginBlocking(BlockedThread thread) => _inner.BeginBlocking(thread);

    public override void EndBlocking(BlockedThread thread) => _inner.EndBlocking(thread);

    public long Unsent => Handler.Unsent;

    public override void OnCloseStarted() => _inner.OnCloseStarted();

    public override void MarkEncrypted() => _inner.MarkEncrypted();

    public override void WriteDropped(long count) => _inner.WriteDropped(count);

    public override void Schedule(Action<object?> callback, object? state) => _inner.Schedule(callback, state);

    public override void ScheduleLayer(Action<object?> callback, object? state) =>
        _inner.ScheduleLayer(callback, state);

    public override object? GetExtraInfo(string name) =>
        string.Equals(name, FaultInfo.EndedByFault, StringComparison.Ordinal)
            ? _faults.Ended.Contains(_inner) || _inner.GetExtraInfo(name) is true
            : _inner.GetExtraInfo(name);

    public override TransportResult Close()
    {
        TransportResult result;
        lock (_gate)
        {
            result = LetGoLocked();
            RearmOrRetireLocked();
        }

        TellLater();
        return result;
    }

    public override void Abort()
    {
        lock (_gate)
        {
            EndPendingLocked();
            _program = ProgramHold.Closed;
            EndAwaitedCloseLocked(ClosedHere());
            if (MustStaySilent)
            {
                StaySilentLocked();
            }
            else
            {
                AbortInnerLocked();
            }

            RearmOrRetireLocked();
        }

        TellLater();
    }

    public void CloseCompleted(TransportResult result)
    {
        lock (_gate)
        {
            if (_innerState == InnerState.Closing)
            {
                InnerClosedLocked(result);
            }
        }

        Tell();
    }

    /// <summary>No lock held, and not on the stack of a program's call.</summary>
    private void Tell()
    {
        PendingCompletions owed;
        lock (_gate)
        {
            if (!_owed.Any)
            {
                return;
            }

            owed = _owed.Take();
        }

        owed.Tell(Handler);
    }

    /// <summary>No lock held, on the stack of a program's call.</summary>
    private void TellLater()
    {
        bool any;
        lock (_gate)
        {
            any = _owed.Any;
        }

        if (any)
        {
            Schedule(TellCallback, this);
        }
    }

    /// <summary>
    /// Lock held. As with a kernel the close is over for the program, and what it has sent still travels. A close that lingers is over once that of the transport below is.
    /// </summary>
    private TransportResult LetGoLocked()
    {
        if (_program == ProgramHold.Closed)
        {
            return TransportResult.Done;
        }

        EndPendingLocked();
        _program = ProgramHold.Closed;
        if (MustStaySilent)
        {
            StaySilentLocked();
            return TransportResult.Done;
        }

        if (_innerState == InnerState.Gone)
        {
            return TransportResult.Done;
        }

        _innerState = InnerState.Leaving;

        // The lock is held, so that nobody is told before this has returned.
        _closeIsAwaited = true;
        if (_linger == TimeSpan.Zero)
        {
            _out.Clear();
            CloseInnerLocked();
        }
        else
        {
            EndOutgoingLocked();
            SettleLocked();
        }

        if (_owed.Close is { } result)
        {
            _owed.Close = null;
            return result;
        }

        _closeIsAwaited = _innerState == InnerState.Closing || _linger is not null;
        return _closeIsAwaited ? TransportResult.Pending : TransportResult.Done;
    }

    /// <summary>The end of the stream that a close is travels too.</summary>
    private void EndOutgoingLocked()
    {
        if (_outgoing == OutgoingState.Open)
        {
            _out.EnterEnd();
        }
    }

    /// <summary>All has left.</summary>
    private void CloseInnerLocked()
    {
        _innerState = InnerState.Closing;
        TransportResult result = _inner.Close();
        if (result.Status != TransportStatus.Pending)
        {
            InnerClosedLocked(result);
        }
    }

    private void InnerClosedLocked(in TransportResult result)
    {
        _innerState = InnerState.Gone;
        RetireLocked();
        EndAwaitedCloseLocked(result);
    }

    /// <summary>A close that the program waits for is over.</summary>
    private void EndAwaitedCloseLocked(in TransportResult result)
    {
        if (_closeIsAwaited)
        {
            _closeIsAwaited = false;
            _owed.Close = result;
        }
    }

    /// <summary>What is under way is lost. The program is told by whoever calls this.</summary>
    private void AbortInnerLocked()
    {
        _out.Clear();
        if (_innerState != InnerState.Gone)
        {
            _innerState = InnerState.Gone;
            _inner.Abort();
            EndAwaitedCloseLocked(TransportResult.Done);
        }
    }

    /// <summary>The program lets go: what it waits for ends.</summary>
    private void EndPendingLocked()
    {
        if (!_pendingReceive.IsEmpty)
        {
            _pendingReceive = default;
            _owed.Receive = ClosedHere();
        }

        EndPendingSendLocked(ClosedHere());
        _in.Clear();
        _arrived.Clear();
    }

    private static TransportResult ClosedHere() =>
        TransportResult.Failed(
            new ConnectionException(ConnectionErrorKind.Aborted, "The connection was closed on this side.")
        );
}
