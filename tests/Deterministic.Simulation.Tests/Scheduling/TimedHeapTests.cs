using Deterministic.Simulation.Scheduling;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

public class TimedHeapTests
{
    [Property]
    public void Entries_come_out_by_due_time_then_by_sequence(byte[] dues)
    {
        var heap = new TimedHeap();
        var entries = dues.Select((due, i) => (Due: due % 16, Sequence: i, Entry: new TimedEntry(pooled: false)))
            .ToArray();
        foreach (var (due, sequence, entry) in entries)
        {
            heap.Push(entry, due, sequence);
        }

        foreach (var (due, _, entry) in entries.OrderBy(e => e.Due).ThenBy(e => e.Sequence))
        {
            heap.MinDue.ShouldBe(due);
            heap.PopMin().ShouldBeSameAs(entry);
        }

        heap.Count.ShouldBe(0);
    }

    [Property]
    public void Pushing_popping_and_removing_anywhere_agrees_with_a_sorted_model((byte What, byte Where)[] operations)
    {
        var heap = new TimedHeap();
        var model = new List<(long Due, long Sequence, TimedEntry Entry)>();
        long sequence = 0;
        foreach (var (what, where) in operations)
        {
            if (what % 4 < 2 || model.Count == 0)
            {
                var entry = new TimedEntry(pooled: false);
                heap.Push(entry, where, sequence);
                model.Add((where, sequence++, entry));
                model.Sort((a, b) => (a.Due, a.Sequence).CompareTo((b.Due, b.Sequence)));
            }
            else if (what % 4 == 2)
            {
                heap.PopMin().ShouldBeSameAs(model[0].Entry);
                model.RemoveAt(0);
            }
            else
            {
                var target = model[where % model.Count];
                heap.Remove(target.Entry);
                target.Entry.HeapIndex.ShouldBe(TimedEntry.NotInHeap);
                model.Remove(target);
            }

            heap.Count.ShouldBe(model.Count);
        }

        model.ShouldAllBe(left => ReferenceEquals(heap.PopMin(), left.Entry));
    }
}
