namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// Entries by due time, then by sequence number: a total order, so the history of the heap has no effect. A binary heap whose
/// entries know their place, so that cancelling removes at once and nothing dead is kept in a long run.
/// </summary>
internal sealed class TimedHeap
{
    private Slot[] _slots = new Slot[64];

    public int Count { get; private set; }

    /// <summary>How many entries the world may end without.</summary>
    public int BackgroundCount { get; private set; }

    /// <summary>The earliest due time; only when <see cref="Count"/> isn't 0.</summary>
    public long MinDue => _slots[0].Due;

    public void Push(TimedEntry entry, long due, long sequence)
    {
        if (Count == _slots.Length)
        {
            Array.Resize(ref _slots, _slots.Length * 2);
        }

        BackgroundCount += entry.IsBackground ? 1 : 0;
        SiftUp(Count++, new Slot(due, sequence, entry));
    }

    public TimedEntry PopMin()
    {
        var entry = _slots[0].Entry;
        Remove(entry);
        return entry;
    }

    public void Remove(TimedEntry entry)
    {
        var hole = entry.HeapIndex;
        entry.HeapIndex = TimedEntry.NotInHeap;
        Count--;
        BackgroundCount -= entry.IsBackground ? 1 : 0;
        var last = _slots[Count];
        _slots[Count] = default;
        if (hole == Count)
        {
            return;
        }

        // The last slot may come from another branch, so it may belong above the hole as well as below.
        if (hole > 0 && last.IsBefore(_slots[(hole - 1) / 2]))
        {
            SiftUp(hole, last);
        }
        else
        {
            SiftDown(hole, last);
        }
    }

    private void SiftUp(int hole, in Slot slot)
    {
        while (hole > 0)
        {
            var parent = (hole - 1) / 2;
            if (!slot.IsBefore(_slots[parent]))
            {
                break;
            }

            Place(hole, _slots[parent]);
            hole = parent;
        }

        Place(hole, slot);
    }

    private void SiftDown(int hole, in Slot slot)
    {
        for (int child; (child = (2 * hole) + 1) < Count; hole = child)
        {
            if (child + 1 < Count && _slots[child + 1].IsBefore(_slots[child]))
            {
                child++;
            }

            if (!_slots[child].IsBefore(slot))
            {
                break;
            }

            Place(hole, _slots[child]);
        }

        Place(hole, slot);
    }

    private void Place(int index, in Slot slot)
    {
        _slots[index] = slot;
        slot.Entry.HeapIndex = index;
    }

    /// <summary>Due time and sequence stand beside the reference, so that sifting doesn't touch the entries it compares.</summary>
    private readonly struct Slot(long due, long sequence, TimedEntry entry)
    {
        public long Due { get; } = due;

        public TimedEntry Entry { get; } = entry;

        private long Sequence { get; } = sequence;

        public bool IsBefore(in Slot other) => Due < other.Due || (Due == other.Due && Sequence < other.Sequence);
    }
}
