namespace Deterministic.Simulation.Scheduling;

/// <summary>
/// A timer of the world, to be armed again and again at no cost but the heap's: what a driver keeps for each link or connection.
/// Programs use a <see cref="VirtualTimeProvider"/> instead. Every method is for the simulator's thread and throws
/// <see cref="SimulationEscapeException"/> on another.
/// </summary>
public sealed class SimulationTimer
{
    private readonly SimulationScheduler _scheduler;
    private readonly TimedEntry _entry;

    internal SimulationTimer(
        SimulationScheduler scheduler,
        string owner,
        SendOrPostCallback callback,
        object? state,
        bool background = false
    )
    {
        _scheduler = scheduler;
        _entry = new TimedEntry(pooled: false, background)
        {
            Callback = callback,
            State = state,
            Owner = owner,
        };
    }

    /// <summary>Whether a tick is scheduled for a later instant.</summary>
    public bool IsArmed => _entry.HeapIndex != TimedEntry.NotInHeap;

    /// <summary>Schedules the one tick of the timer, in place of one that was to come.</summary>
    /// <param name="due">Virtual time since the start; what has passed already means now.</param>
    public void ArmAt(TimeSpan due)
    {
        Cancel();
        _scheduler.Arm(_entry, due.Ticks);
    }

    /// <summary>As <see cref="ArmAt"/>, counted from now.</summary>
    /// <param name="delay">Virtual time from now; a negative one means now.</param>
    public void ArmAfter(TimeSpan delay)
    {
        Cancel();
        _scheduler.Arm(_entry, _scheduler.DueAfter(delay));
    }

    /// <summary>No tick will come until the timer is armed again, not even one that is due and waits for its turn.</summary>
    public void Cancel()
    {
        Disarm();
        _entry.Version++;
    }

    /// <summary>Ticks then, in place of a tick that was to come; one that waits for its turn still comes.</summary>
    internal void Restart(TimeSpan due)
    {
        Disarm();
        _scheduler.Arm(_entry, due.Ticks);
    }

    /// <summary>Schedules no further tick; one that waits for its turn still comes.</summary>
    internal void Disarm()
    {
        _scheduler.VerifyAccess(nameof(SimulationTimer));
        _scheduler.Disarm(_entry);
    }
}
