namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// The items that can run now, oldest first, in a ring.
/// </summary>
/// <remarks>
/// Removal rule, part of what a tape means: taking place i moves the item at the head into place i and the head one on. That costs
/// O(1), leaves all others where they are, and makes place 0 the strict first-in, first-out order, so that a tape of zeros starves no item.
/// </remarks>
internal sealed class ReadyQueue
{
    // Room for a small scenario without growing; a power of two, so that a mask wraps the ring.
    private ReadyItem[] _ring = new ReadyItem[64];
    private int _head;

    public int Count { get; private set; }

    public void Add(in ReadyItem item)
    {
        if (Count == _ring.Length)
        {
            Grow();
        }

        _ring[(_head + Count) & (_ring.Length - 1)] = item;
        Count++;
    }

    public ReadyItem Take(int place)
    {
        var ring = _ring;
        var mask = ring.Length - 1;
        ref var head = ref ring[_head];
        ref var taken = ref ring[(_head + place) & mask];
        var item = taken;
        taken = head;
        head = default;
        _head = (_head + 1) & mask;
        Count--;
        return item;
    }

    private void Grow()
    {
        var larger = new ReadyItem[_ring.Length * 2];
        var untilWrap = _ring.Length - _head;
        Array.Copy(_ring, _head, larger, 0, untilWrap);
        Array.Copy(_ring, 0, larger, untilWrap, _head);
        _ring = larger;
        _head = 0;
    }
}
