namespace Deterministic.Simulation.Scheduling;

public sealed partial class SimulationScheduler
{
    /// <summary>The instant a delay from now, or the end of time for one that would pass it.</summary>
    internal long DueAfter(TimeSpan delay) => delay.Ticks > long.MaxValue - _now ? long.MaxValue : _now + delay.Ticks;

    internal void Arm(TimedEntry entry, long due)
    {
        if (due > _now)
        {
            _timed.Push(entry, due, _sequence++);
        }
        else
        {
            Tick(entry);
        }
    }

    internal void Disarm(TimedEntry entry)
    {
        if (entry.HeapIndex != TimedEntry.NotInHeap)
        {
            _timed.Remove(entry);
        }
    }

    /// <summary>Ends a pooled entry, run or not: its handle and its ready tick go stale, and it serves again.</summary>
    internal void Release(TimedEntry entry)
    {
        Disarm(entry);
        entry.Version++;
        entry.Callback = null;
        entry.State = null;
        entry.NextFree = _free;
        _free = entry;
    }

    private ScheduledItem Schedule(long due, string owner, SendOrPostCallback callback, object? state)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(callback);
        VerifyAccess("SimulationScheduler.Schedule");
        var entry = _free ?? new TimedEntry(pooled: true);
        _free = entry.NextFree;
        entry.NextFree = null;
        entry.Callback = callback;
        entry.State = state;
        entry.Owner = owner;
        Arm(entry, due);
        return new ScheduledItem(this, entry);
    }

    /// <summary>Makes a due entry ready.</summary>
    private void Tick(TimedEntry entry) => _ready.Add(new ReadyItem(entry));

    /// <summary>Jumps to the earliest due time and makes ready all that is due then.</summary>
    private void AdvanceToNextDue()
    {
        _now = _timed.MinDue;
        while (_timed.Count > 0 && _timed.MinDue == _now)
        {
            Tick(_timed.PopMin());
        }
    }
}
