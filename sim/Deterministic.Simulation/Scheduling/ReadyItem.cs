namespace Deterministic.Simulation.Scheduling;

/// <summary>Something that can run now: a posted callback, or the tick of a timed entry.</summary>
internal readonly struct ReadyItem
{
    public ReadyItem(
        SendOrPostCallback callback,
        object? state,
        string owner,
        SimulationSynchronizationContext? context,
        ReadyGate? gate = null
    )
    {
        Callback = callback;
        State = state;
        Owner = owner;
        Context = context;
        Gate = gate;
    }

    public ReadyItem(TimedEntry entry)
    {
        State = entry;
        Owner = entry.Owner;
        Version = entry.Version;
    }

    /// <summary>Null for a tick, whose <see cref="State"/> is its <see cref="TimedEntry"/>.</summary>
    public SendOrPostCallback? Callback { get; }

    public object? State { get; }

    public string Owner { get; }

    /// <summary>The context of a program's item; null for the world's, which run without one.</summary>
    public SimulationSynchronizationContext? Context { get; }

    /// <summary>Asked whether it may run, if anybody is to be asked.</summary>
    public ReadyGate? Gate { get; }

    /// <summary>A tick is stale, and does nothing, once its entry has another version.</summary>
    public uint Version { get; }
}
