using System.Buffers;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Programs;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Transports;

/// <summary>
/// A program's hold on one end of a connection, of whichever kind: whether it still has it, and which of its operations are pending. What the end cannot do at once
/// is tried again when it has news.
/// </summary>
internal abstract class HostTransport(WorldContext world, IProgramHost host, ProgramScope scope) : Transport
{
    private Memory<byte> _pendingReceive;
    private ReadOnlySequence<byte> _pendingSend;
    private ReadCut _readCut;
    private long _dropped;

    /// <summary>The sum at which a dropped write is an event again.</summary>
    private long _droppedNext = 1;

    private enum ReadCut
    {
        None,

        /// <summary>A fault has cut the last read short: the next one is recorded as well.</summary>
        LastRead,
    }

    public override TimeProvider TimeProvider => host.TimeProvider;

    protected WorldContext World => world;

    protected IProgramHost Host => host;

    /// <summary>The program that owns it.</summary>
    protected ProgramScope Scope => scope;

    protected TransportLife Life { get; private set; }

    protected bool IsReceivePending => !_pendingReceive.IsEmpty;

    protected bool IsSendPending => !_pendingSend.IsEmpty;

    public override TransportResult Receive(Memory<byte> buffer)
    {
        world.Scheduler.VerifyAccess("A receive on a simulated connection");
        if (Life != TransportLife.Open)
        {
            return ClosedHere();
        }

        TransportResult result = TryReceive(buffer);
        if (result.Status == TransportStatus.Pending)
        {
            _pendingReceive = buffer;
        }

        return result;
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

    public override object? GetExtraInfo(string name) =>
        string.Equals(name, FaultInfo.EndedByFault, StringComparison.Ordinal) ? Life == TransportLife.Crashed : null;

    /// <remarks>An event at first, and then whenever the sum has doubled: a program may keep writing for as long as it runs.</remarks>
    public override void WriteDropped(long count)
    {
        world.Scheduler.VerifyAccess("A write on a simulated connection");
        _dropped += count;
        if (_dropped >= _droppedNext)
        {
            _droppedNext = 2 * _dropped;
            RecordDropped(_dropped, DroppedTexts.Written);
        }
    }

    /// <summary>With no current context, so that what awaits without one continues on the simulator's thread.</summary>
    public override void Schedule(Action<object?> callback, object? state) => scope.Schedule(callback, state);

    /// <summary>The host has crashed, and the connection with it. Called on the stack of the call that made it crash.</summary>
    protected void LoseHost()
    {
        Life = TransportLife.Crashed;
        if (scope.EndsWithHost)
        {
            _pendingReceive = default;
            _pendingSend = default;
        }
        else
        {
            EndPendingLater();
        }
    }

    /// <summary>The program has closed the connection.</summary>
    protected void LetGo() => Life = TransportLife.Closed;

    /// <summary>Takes what there is to read: called while the program has the connection, and by the simulator's thread.</summary>
    /// <returns>Pending if there is neither anything to read, nor an end of the stream, nor a loss.</returns>
    protected abstract TransportResult TryReceive(Memory<byte> buffer);

    /// <summary>The number of the connection.</summary>
    protected abstract long Id { get; }

    /// <summary>Records a read where a fault has cut it short, or has cut the one before it: otherwise a read takes what has arrived.</summary>
    protected void RecordRead(int count, bool isCut)
    {
        if (isCut || _readCut == ReadCut.LastRead)
        {
            world.Trace.Record(
                world.Scheduler.Now,
                host.Name,
                Id,
                TraceKind.Read,
                count,
                isCut ? CutTexts.ByShortRead : CutTexts.Rest
            );
        }

        _readCut = isCut ? ReadCut.LastRead : ReadCut.None;
    }

    private void RecordDropped(long count, string which) =>
        world.Trace.Record(world.Scheduler.Now, host.Name, Id, TraceKind.Dropped, count, which);

    /// <summary>The program no longer has the connection, and what is pending ends: never on the stack of the call that closes it.</summary>
    protected abstract void EndPendingLater();

    /// <summary>Tries the receive that is pending, if one is: it may stay so.</summary>
    protected void RetryReceive()
    {
        if (IsReceivePending)
        {
            Memory<byte> buffer = _pendingReceive;
            _pendingReceive = default;
            TransportResult result = Receive(buffer);
            if (result.Status != TransportStatus.Pending)
            {
                Handler.ReceiveCompleted(result);
            }
        }
    }

    /// <summary>Tries the send that is pending, if one is: it may stay so.</summary>
    protected void RetrySend()
    {
        if (IsSendPending)
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

    /// <summary>Ends the send that is pending, without another try.</summary>
    protected void EndSend(TransportResult result)
    {
        _pendingSend = default;
        Handler.SendCompleted(result);
    }

    protected TransportResult ClosedHere() =>
        TransportResult.Failed(Life == TransportLife.Crashed ? scope.HasCrashed() : ConnectionErrors.ClosedHere());
}
