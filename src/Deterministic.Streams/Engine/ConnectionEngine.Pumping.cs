using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Engine;

/// <content>Runs the operations that the machine begins, and reports their results to it.</content>
internal sealed partial class ConnectionEngine
{
    /// <summary>The awaiter of this result runs first, and usually asks for more; only then is the next operation begun.</summary>
    private void Complete(DriverOperation operation, TransportResult result)
    {
        bool any;
        lock (_gate)
        {
            ApplyLocked(operation, result);
            any = AnyReadyLocked;
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
    /// <returns>Whether a wait has a result.</returns>
    private bool Pump()
    {
        DriverOperation operation;
        Memory<byte> memory;
        ReadOnlySequence<byte> data;
        ConnectionState state;
        bool any;
        lock (_gate)
        {
            operation = BeginLocked(out memory, out data);
            state = _machine.State;
            any = AnyReadyLocked;
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

    /// <summary>Runs what <see cref="BeginIfLocked"/> began.</summary>
    /// <returns>Whether a wait has a result.</returns>
    private bool RunBegun(DriverOperation operation, Memory<byte> memory, in ReadOnlySequence<byte> data) =>
        operation != DriverOperation.None && Run(operation, memory, data);

    /// <summary>Runs an operation that was begun, and all that follow from it.</summary>
    /// <returns>Whether a wait has a result.</returns>
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
                operation = BeginLocked(out memory, out data);
                state = _machine.State;
                any = AnyReadyLocked;
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

    /// <summary>Begins the next operation, if there is a reason to ask the machine for one.</summary>
    private DriverOperation BeginIfLocked(bool due, out Memory<byte> memory, out ReadOnlySequence<byte> data)
    {
        if (due)
        {
            return BeginLocked(out memory, out data);
        }

        memory = default;
        data = default;
        return DriverOperation.None;
    }

    private DriverOperation BeginLocked(out Memory<byte> memory, out ReadOnlySequence<byte> data)
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

    /// <summary>Reports a result to the machine, and collects the waits that this completes.</summary>
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
}
