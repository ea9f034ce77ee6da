using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Engine;

/// <summary>
/// Joins a <see cref="ConnectionMachine"/>, a <see cref="Transport"/> and the awaiting of users. The machine decides; this runs what it decides.
/// </summary>
/// <remarks>
/// <para>
/// <c>_gate</c> guards the machine and who waits. It is never held while the transport sends, receives or closes, or an awaiter continues.
/// <c>_writeGate</c> is taken before it by writes, so that a write sent straight from the caller's memory cannot be overtaken by another.
/// </para>
/// <para>
/// Awaiters continue on the driver's stack when the driver brought their result (nothing is queued, nothing allocated),
/// but never on a user's: what a call of <c>Close</c>, say, completes is handed to the transport's scheduler.
/// </para>
/// </remarks>
internal sealed partial class ConnectionEngine : ITransportHandler
{
    private static readonly Action<object?> DeliverCallback = static state => ((ConnectionEngine)state!).Deliver();

    private readonly object _gate = new();
    private readonly object _writeGate = new();
    private readonly ConnectionMachine _machine;
    private readonly ConnectionOptions _options;
    private readonly WaiterList _drainers;
    private readonly WaiterList _closers;
    private readonly ReadSource _read;

    /// <summary>Results under the gate, not yet signalled.</summary>
    private bool _readReady;
    private Waiter? _waitersReady;

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
        _drainers = new WaiterList(_gate, transport.Schedule, WaitReason.Drain, this);
        _closers = new WaiterList(_gate, transport.Schedule, WaitReason.Closed, this);
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

    /// <summary>Whoever waited for this result goes first, and usually asks for more; only then is the next operation begun.</summary>
    private void Complete(DriverOperation operation, TransportResult result)
    {
        bool any;
        lock (_gate)
        {
            ApplyLocked(operation, result);
            any = AnyReady;
        }

        if (any)
        {
            DeliverDriven();
        }

        if (Pump())
        {
            DeliverDriven();
        }
    }

    /// <summary>Runs operations for as long as the machine has one to begin.</summary>
    /// <returns>Whether somebody has a result.</returns>
    private bool Pump()
    {
        DriverOperation operation;
        Memory<byte> memory;
        ReadOnlySequence<byte> data;
        ConnectionState state;
        bool any;
        lock (_gate)
        {
            operation = Begin(out memory, out data);
            state = _machine.State;
            any = AnyReady;
        }

        if (operation != DriverOperation.None)
        {
            return Run(operation, memory, data);
        }

        if (state != ConnectionState.Open)
        {
            ObserveClosing(state);
        }

        return any;
    }

    /// <summary>Runs an operation that was begun, and all that follow from it.</summary>
    /// <returns>Whether somebody has a result.</returns>
    private bool Run(DriverOperation operation, Memory<byte> memory, ReadOnlySequence<byte> data)
    {
        ConnectionState state;
        bool any;
        do
        {
            TransportResult result = operation switch
            {
                DriverOperation.Send => Transport.Send(data),
                DriverOperation.ShutdownWrite => Transport.ShutdownWrite(),
                DriverOperation.Close => Transport.Close(),
                DriverOperation.Abort => AbortTransport(),
                _ => Transport.Receive(memory),
            };
            lock (_gate)
            {
                ApplyLocked(operation, result);
                operation = Begin(out memory, out data);
                state = _machine.State;
                any = AnyReady;
            }
        } while (operation != DriverOperation.None);

        if (state != ConnectionState.Open)
        {
            ObserveClosing(state);
        }

        return any;
    }

    private TransportResult AbortTransport()
    {
        Transport.Abort();
        return TransportResult.Done;
    }

    private DriverOperation Begin(out Memory<byte> memory, out ReadOnlySequence<byte> data)
    {
        memory = default;
        return _machine.TryBeginSend(out data) ? DriverOperation.Send
            : _machine.TryBeginShutdownWrite() ? DriverOperation.ShutdownWrite
            : _machine.TryBeginClose(out bool abort)
                ? abort ? DriverOperation.Abort
                    : DriverOperation.Close
            : Transport.IsReceiveReady && _machine.TryBeginReceive(out memory, Transport.SmallestReceive)
                ? DriverOperation.Receive
            : DriverOperation.None;
    }

    /// <summary>Tells the machine a result, and finds out who need not wait any longer.</summary>
    private void ApplyLocked(DriverOperation operation, in TransportResult result)
    {
        switch (operation)
        {
            case DriverOperation.Receive:
                ApplyReceiveLocked(result);
                break;
            case DriverOperation.Send:
                ApplySendLocked(result);
                break;
            case DriverOperation.ShutdownWrite when result.Status == TransportStatus.Completed:
                _machine.ShutdownWriteDone();
                break;
            case DriverOperation.Close or DriverOperation.Abort when result.Status != TransportStatus.Pending:
                _machine.Disconnected(result.Error);
                break;
            case DriverOperation.ShutdownWrite when result.Status == TransportStatus.Failed:
                _machine.Failed(result.Error!);
                break;
        }

        CollectReadyLocked();
    }

    private void ApplyReceiveLocked(in TransportResult result)
    {
        switch (result.Status)
        {
            case TransportStatus.Completed:
                _idle?.Moved();
                _machine.Received(result.Count);
                break;
            case TransportStatus.EndOfFile:
                _machine.ReceivedEof();
                if (Transport.ClosesAtEndOfFile)
                {
                    _machine.CloseAfterPeer();
                }

                break;
            case TransportStatus.Failed:
                _machine.ReceiveAborted();
                _machine.Failed(result.Error!);
                break;
        }
    }

    private void ApplySendLocked(in TransportResult result)
    {
        switch (result.Status)
        {
            case TransportStatus.Completed:
                NoteSentLocked();
                _machine.Sent(result.Count);
                break;
            case TransportStatus.Pending:
                _machine.SendBlocked();
                break;
            case TransportStatus.Failed:
                _machine.Failed(result.Error!);
                break;
        }
    }

    /// <summary>After every change of the machine: who waits for what has come true?</summary>
    private void CollectReadyLocked()
    {
        if (_read.State == ReadState.Waiting && _machine.Reader.TryComplete(out ReadOutcome outcome))
        {
            // A blocked thread is woken here and now; it takes the result itself.
            _readReady |= _read.CompleteLocked(outcome);
        }

        bool closed = _machine.State == ConnectionState.Closed;
        if (closed && !_closers.IsEmpty)
        {
            _closers.CompleteAllLocked(_machine.LostError, ref _waitersReady);
        }

        // A drain under way when the connection is lost without an error returns normally: W-DRAIN-07.
        if (!_drainers.IsEmpty && (closed || !_machine.Writer.IsPaused))
        {
            _drainers.CompleteAllLocked(_machine.LostError, ref _waitersReady);
        }

        EndBlockedDrainsLocked(closed);
    }

    /// <summary>Lock held. Whether somebody has a result and was not told yet.</summary>
    private bool AnyReady => _readReady || _waitersReady is not null;

    /// <summary>No lock held. Continues whoever has a result, on this stack.</summary>
    private void Deliver()
    {
        if (_layer is { } layer)
        {
            DeliverTo(layer);
            return;
        }

        bool read;
        Waiter? waiters;
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

        WaiterList.SignalAll(waiters);
    }

    /// <summary>No lock held. Pumps, and continues whoever then has a result, but not on this stack, which is a user's.</summary>
    private void PumpForUser()
    {
        if (Pump())
        {
            DeliverLater();
        }
    }

    /// <summary>No lock held. Continues whoever has a result, but not on this stack, which is a user's.</summary>
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
