using Deterministic.Core;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Reading;

namespace Deterministic.Streams.Engine;

/// <content>Reads and drains that block the calling thread. The thread that completes one wakes the blocked thread directly, with no scheduler in between.</content>
internal sealed partial class ConnectionEngine
{
    /// <summary>Guarded by the gate.</summary>
    private readonly List<BlockedThread> _blockedDrains = [];

    private volatile LayerTurns? _layer;

    /// <summary>Where a layer, rather than the program, awaits what happens here: then a result may continue on a blocked thread. Null if there is none.</summary>
    public LayerTurns? Layer => _layer;

    /// <summary>A layer is the one to await what happens here from now on.</summary>
    public void CarryLayer() => _layer ??= new LayerTurns(Transport, DeliverLater);

    /// <summary>Reads into memory.</summary>
    /// <returns>How many bytes came; negative if time ran out, and then nothing is lost.</returns>
    public int ReadBlocking(in ReadRequest request, Memory<byte> destination, in RealTimeLimit limit)
    {
        ReadStatus status = BeginRead<int, FilledForm>(
            request,
            destination,
            blocks: true,
            out int count,
            out Exception? error,
            out bool any
        );
        if (any)
        {
            DeliverLater();
        }

        return status == ReadStatus.Pending ? WaitForRead(_read.Blocked!, limit)
            : error is null ? count
            : throw error;
    }

    /// <summary>Waits while too much is queued.</summary>
    /// <returns>False if time ran out.</returns>
    public bool DrainBlocking(in RealTimeLimit limit)
    {
        BlockedThread thread;
        lock (_gate)
        {
            switch (_machine.Drain())
            {
                case DrainStatus.Completed:
                    return true;
                case DrainStatus.Failed:
                    throw _machine.DrainError;
                default:
                    thread = new BlockedThread(Transport);
                    _blockedDrains.Add(thread);
                    break;
            }
        }

        try
        {
            thread.Run(limit);
        }
        finally
        {
            lock (_gate)
            {
                _blockedDrains.Remove(thread);
            }
        }

        return thread.Error is not null ? throw thread.Error : thread.HasEnded;
    }

    private int WaitForRead(BlockedThread thread, in RealTimeLimit limit)
    {
        try
        {
            thread.Run(limit);
        }
        finally
        {
            lock (_gate)
            {
                if (_read.State == ReadState.Waiting)
                {
                    _machine.Reader.Cancel();
                    _read.CompleteCancelledLocked();
                }
            }
        }

        lock (_gate)
        {
            return _read.EndBlockingLocked(_machine.Reader);
        }
    }

    /// <summary>After every change of the machine.</summary>
    private void EndBlockedDrainsLocked(bool closed)
    {
        if (_blockedDrains.Count > 0 && (closed || !_machine.Writer.IsPaused))
        {
            foreach (BlockedThread thread in _blockedDrains)
            {
                thread.End(_machine.LostError);
            }

            _blockedDrains.Clear();
        }
    }

    /// <summary>Without the lock. Continues the waits that have a result, on this stack, which is the driver's. A blocked thread that acts as the driver runs no code of the program.</summary>
    private void DeliverDriven()
    {
        if (BlockedThread.IsCurrent && _layer is null)
        {
            DeliverLater();
        }
        else
        {
            Deliver();
        }
    }

    /// <summary>Without the lock. Continues the layer that has a result, on this stack, unless another thread has its turn: then later.</summary>
    private void DeliverTo(LayerTurns layer)
    {
        bool read;
        bool waiters;
        lock (_gate)
        {
            read = _readReady;
            waiters = _waitersReady is not null;
        }

        if (read && layer.Reads.TryEnter(layer.DeliverLater, out long turn))
        {
            if (TakeReady(out _))
            {
                _read.Signal();
            }

            layer.Reads.Leave(turn);
        }

        if (waiters && layer.Drains.TryEnter(layer.DeliverLater, out turn))
        {
            WaitQueue.SignalAll(TakeWaiters());
            layer.Drains.Leave(turn);
        }
    }

    private WaitSource? TakeWaiters()
    {
        lock (_gate)
        {
            WaitSource? waiters = _waitersReady;
            _waitersReady = null;
            return waiters;
        }
    }
}
