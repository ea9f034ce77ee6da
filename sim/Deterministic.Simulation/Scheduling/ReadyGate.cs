namespace Deterministic.Simulation.Scheduling;

/// <summary>Stands between the scheduler and the items of one program: decides whether it is that program's time to run.</summary>
internal abstract class ReadyGate
{
    /// <summary>Goes where the awaits and timers of a host's program go. Null in the scenario's own code.</summary>
    private static readonly AsyncLocal<ReadyGate?> Current = new();

    /// <summary>The gate of the host's program that runs now; null for the scenario's own code.</summary>
    public static ReadyGate? Here
    {
        get => Current.Value;
        protected set => Current.Value = value;
    }

    /// <summary>Where the continuations of the program go.</summary>
    public abstract SimulationSynchronizationContext Context { get; }

    /// <summary>Whether nothing of the program ever runs again.</summary>
    public abstract bool IsDead { get; }

    /// <summary>Whether code of the program may run here and now, on the stack of an item of the world.</summary>
    /// <param name="later">What to run later if not, and if ever.</param>
    /// <param name="state">Its argument.</param>
    public abstract bool Enters(SendOrPostCallback later, object state);

    /// <summary>Asked when an item's turn has come.</summary>
    /// <returns>False if it is not to run now: the gate has kept it, to make it ready again later, or has dropped it.</returns>
    public abstract bool Admits(in ReadyItem item);
}
