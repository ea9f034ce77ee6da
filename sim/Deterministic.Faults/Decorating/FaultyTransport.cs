using System.Buffers;
using System.Net;
using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults.Decorating;

/// <summary>
/// A connection with faults on top of another one. Between the program and the transport below there are two queues, one for each direction, in which bytes travel; this moves
/// them between the queues and the transport below.
/// </summary>
/// <remarks>
/// One lock guards all of it. The transport below is called with the lock held; it never calls back on the stack of a call. The program gets its results without the lock, and never on the stack of
/// a call of its own. What faults leave of each half of the connection is in <see cref="OutgoingTransitions"/> and <see cref="IncomingTransitions"/>.
/// </remarks>
#pragma warning disable CA1001 // The timer goes with the transport below.
internal sealed partial class FaultyTransport : Transport, ITransportHandler
#pragma warning restore CA1001
{
    private static readonly Action<object?> NotifyCallback = static state => ((FaultyTransport)state!).Notify();
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
    private readonly PendingCompletions _pendingResults = new();
    private ProgramHold _program;
    private InnerState _innerState;

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

    /// <summary>Hands the program its results: without the lock, and not on the stack of a call of its own.</summary>
    private void Notify()
    {
        PendingCompletions owed;
        lock (_gate)
        {
            if (!_pendingResults.Any)
            {
                return;
            }

            owed = _pendingResults.Take();
        }

        owed.Notify(Handler);
    }

    /// <summary>As <see cref="Notify"/>, on the stack of a call of the program: from an item of its own.</summary>
    private void NotifyLater()
    {
        bool any;
        lock (_gate)
        {
            any = _pendingResults.Any;
        }

        if (any)
        {
            Schedule(NotifyCallback, this);
        }
    }

    private static TransportResult ClosedHere() => TransportResult.Failed(ConnectionErrors.ClosedHere());
}
