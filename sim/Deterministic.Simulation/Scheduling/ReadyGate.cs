namespace Deterministic.Simulation.Scheduling;

/// <summary>Stands between the scheduler and the items of one program: decides whether it is that program's time to run.</summary>
internal abstract class ReadyGate
{
    /// <summary>Asked when an item's turn has come.</summary>
    /// <returns>False if it is not to run now: the gate has kept it, to make it ready again later, or has dropped it.</returns>
    public abstract bool Admits(in ReadyItem item);
}
