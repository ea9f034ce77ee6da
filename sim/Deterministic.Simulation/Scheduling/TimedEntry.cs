namespace Deterministic.Simulation.Scheduling;

/// <summary>A callback with a due time. It sits in the heap at most once; ticks of it that are ready carry its version.</summary>
internal sealed class TimedEntry(bool pooled, bool background = false)
{
    public const int NotInHeap = -1;

    /// <summary>Whether the entry goes back to the scheduler's pool after its only tick.</summary>
    public bool Pooled { get; } = pooled;

    /// <summary>Whether the world may end without it: if nothing else is going to happen, it does not happen either.</summary>
    public bool IsBackground { get; } = background;

    public SendOrPostCallback? Callback { get; set; }

    public object? State { get; set; }

    public string Owner { get; set; } = "";

    /// <summary>Kept by the heap.</summary>
    public int HeapIndex { get; set; } = NotInHeap;

    /// <summary>Raised to revoke ticks that are ready and handles that are out.</summary>
    public uint Version { get; set; }

    /// <summary>The next free entry while this one is in the pool.</summary>
    public TimedEntry? NextFree { get; set; }
}
