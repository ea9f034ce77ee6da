namespace Deterministic.Simulation.Disruptions;

/// <summary>Something that the nemesis does, and undoes later.</summary>
internal abstract class Disruption
{
    /// <summary>Its targets, for the trace.</summary>
    public required string Victim { get; init; }

    /// <summary>After how long it is undone; null if not before all faults are over.</summary>
    public required TimeSpan? Lasts { get; init; }

    /// <summary>How many items of the scheduler wait for its sake until it is undone.</summary>
    public virtual int Timers => Lasts is null ? 0 : 1;

    /// <summary>Whether it is never undone.</summary>
    public virtual bool Remains => false;

    public abstract void Do();

    public abstract void Undo();
}
