using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Engine;

/// <summary>Any number of awaits for one event: drain, or the close. Steady state allocates nothing. Clauses W-DRAIN-05, W-DRAIN-06.</summary>
/// <param name="gate">The lock of the owner; members marked so expect it to be held.</param>
/// <param name="schedule">Runs what must not run on the caller's stack.</param>
/// <param name="reason">What the waits are for.</param>
/// <param name="owner">An engine or a server; null for a <see cref="WaitReason.Turn"/>.</param>
internal sealed class WaitQueue(
    object gate,
    Action<Action<object?>, object?> schedule,
    WaitReason reason = WaitReason.Turn,
    object? owner = null
)
{
    private static readonly Action<object?> SignalOne = static state => ((WaitSource)state!).Signal();

    private readonly List<WaitSource> _waiting = [];
    private WaitSource? _free;

    /// <summary>What the waits are for, in words. Without the lock.</summary>
    public string Reason => WaitDescriptions.Of(reason, owner);

    /// <summary>Whether the waits normally last as long as the program.</summary>
    public bool LastsForever => reason == WaitReason.ServeForever;

    /// <summary>Which connection they are about; null if none.</summary>
    public Transport? Transport => (owner as ConnectionEngine)?.Transport;

    /// <summary>Whether there is no wait.</summary>
    public bool IsEmptyLocked => _waiting.Count == 0;

    /// <summary>Adds a wait.</summary>
    public ValueTask AddLockedAsync(CancellationToken cancellationToken)
    {
        WaitSource waiter = _free ?? new WaitSource(this);
        _free = waiter.Next;
        waiter.Next = null;
        _waiting.Add(waiter);
        ValueTask task = new(waiter, waiter.Version);
        waiter.Begin(cancellationToken);
        return task;
    }

    /// <summary>Ends every wait and puts them, in the order in which they were made, before <paramref name="ready"/>, to be signalled once the lock is released.</summary>
    public void CompleteAllLocked(Exception? error, ref WaitSource? ready)
    {
        // Backwards, so that the chain built front to back keeps the order in which the waits were made.
        for (int i = _waiting.Count - 1; i >= 0; i--)
        {
            WaitSource waiter = _waiting[i];
            waiter.Complete(error);
            waiter.Next = ready;
            ready = waiter;
        }

        _waiting.Clear();
    }

    /// <summary>Continues a chain of awaiters. Without the lock.</summary>
    public static void SignalAll(WaitSource? ready)
    {
        while (ready is not null)
        {
            // The link is cleared first: once signalled, the waiter may already serve another wait.
            WaitSource waiter = ready;
            ready = waiter.Next;
            waiter.Next = null;
            waiter.Signal();
        }
    }

    /// <summary>Ends one wait; the others continue. Clauses W-DRAIN-06, W-WAIT-04.</summary>
    public void Cancel(WaitSource waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!_waiting.Remove(waiter))
            {
                return;
            }

            waiter.Complete(new OperationCanceledException(cancellationToken));
        }

        schedule(SignalOne, waiter);
    }

    public void Recycle(WaitSource waiter)
    {
        lock (gate)
        {
            waiter.Next = _free;
            _free = waiter;
        }
    }
}
