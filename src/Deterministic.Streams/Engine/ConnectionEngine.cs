using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Engine;

/// <summary>
/// Joins a <see cref="ConnectionMachine"/>, a <see cref="Transport"/> and the awaiting of users. The machine decides; this runs what it decides.
/// <para>This folder is the engine between machine, driver and program. Read this file first, then Pumping (operations of the driver), Reading and Writing; <see cref="ReadSource"/> and <see cref="WaitQueue"/> are what is awaited, <see cref="LayerTurns"/> is for TLS and adapters on top.</para>
/// </summary>
/// <remarks>
/// <para>
/// <c>_gate</c> guards the machine and the waits. It is never held while the transport sends, receives or closes, or an awaiter continues.
/// <c>_writeGate</c> is taken before it by writes, so that a write sent straight from the caller's memory cannot be overtaken by another.
/// </para>
/// <para>
/// Awaiters continue on the driver's stack when the driver brought their result (nothing is queued, nothing allocated),
/// but never on a user's: what a user's call (of <c>Close</c>, for example) completes is passed to the transport's scheduler.
/// </para>
/// </remarks>
internal sealed partial class ConnectionEngine : ITransportHandler
{
    private static readonly Action<object?> DeliverCallback = static state => ((ConnectionEngine)state!).Deliver();

    private readonly object _gate = new();
    private readonly object _writeGate = new();
    private readonly ConnectionMachine _machine;
    private readonly ConnectionOptions _options;
    private readonly WaitQueue _drainers;
    private readonly WaitQueue _closers;
    private readonly ReadSource _read;

    /// <summary>Results under the gate, not yet signalled.</summary>
    private bool _readReady;
    private WaitSource? _waitersReady;

    public ConnectionEngine(Transport transport, ConnectionOptions options)
    {
        Transport = transport;
        _options = options;
        _machine = new ConnectionMachine(
            options.Limit,
            options.WriteBufferLimits,
            pool: null,
            options.MaxUnsentBytes,
            options.UnsentOverflow
        );
        _drainers = new WaitQueue(_gate, transport.Schedule, WaitReason.Drain, this);
        _closers = new WaitQueue(_gate, transport.Schedule, WaitReason.Closed, this);
        _read = new ReadSource(this);
    }

    public Transport Transport { get; }

    /// <summary>Begins to receive. Once, after construction.</summary>
    public void Start()
    {
        Transport.Attach(this);
        PumpForUser();
    }

    public void ReceiveReady()
    {
        if (Pump())
        {
            DeliverDriven();
        }
    }

    public void ReceiveCompleted(TransportResult result) => Complete(DriverOperation.Receive, result);

    public void SendCompleted(TransportResult result) => Complete(DriverOperation.Send, result);

    public void ShutdownWriteCompleted(TransportResult result) => Complete(DriverOperation.ShutdownWrite, result);

    public void CloseCompleted(TransportResult result) => Complete(DriverOperation.Close, result);

    /// <summary>After every change of the machine: completes the waits whose condition holds.</summary>
    private void CollectReadyLocked()
    {
        if (_read.State == ReadState.Waiting && _machine.Reader.TryComplete(out ReadOutcome outcome))
        {
            // A blocked thread is woken here and now; it takes the result itself.
            _readReady |= _read.CompleteLocked(outcome);
        }

        bool closed = _machine.State == ConnectionState.Closed;
        if (closed && !_closers.IsEmptyLocked)
        {
            _closers.CompleteAllLocked(_machine.LostError, ref _waitersReady);
        }

        // A drain under way when the connection is lost without an error returns normally: W-DRAIN-07.
        if (!_drainers.IsEmptyLocked && (closed || !_machine.Writer.IsPaused))
        {
            _drainers.CompleteAllLocked(_machine.LostError, ref _waitersReady);
        }

        EndBlockedDrainsLocked(closed);
    }

    /// <summary>Whether a wait has a result that was not signalled yet.</summary>
    private bool AnyReadyLocked => _readReady || _waitersReady is not null;

    /// <summary>Continues the waits that have a result, on this stack; without the lock.</summary>
    private void Deliver()
    {
        if (_layer is { } layer)
        {
            DeliverTo(layer);
            return;
        }

        bool read;
        WaitSource? waiters;
        lock (_gate)
        {
            read = _readReady;
            waiters = _waitersReady;
            _readReady = false;
            _waitersReady = null;
        }

        if (read)
        {
            _read.Signal();
        }

        WaitQueue.SignalAll(waiters);
    }

    /// <summary>Pumps, and continues the waits that then have a result, but not on this stack, which is a user's; without the lock.</summary>
    private void PumpForUser()
    {
        if (Pump())
        {
            DeliverLater();
        }
    }

    /// <summary>Continues the waits that have a result, but not on this stack, which is a user's; without the lock.</summary>
    private void DeliverLater()
    {
        if (_layer is not null)
        {
            Transport.ScheduleLayer(DeliverCallback, this);
        }
        else
        {
            Transport.Schedule(DeliverCallback, this);
        }
    }
}
