using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Tcp;

/// <summary>The faults that last at one end of a connection.</summary>
/// <param name="scheduler">The scheduler of the world.</param>
/// <param name="host">Whom it concerns.</param>
/// <param name="send">Sends what was kept back.</param>
/// <param name="reopen">Announces room again.</param>
internal sealed class EndpointFaultTimers(SimulationScheduler scheduler, string host, Action send, Action reopen)
{
    private readonly SimulationTimer _coalescing = scheduler.CreateTimer(host, _ => send());
    private readonly SimulationTimer _shut = scheduler.CreateTimer(host, _ => reopen());

    /// <summary>Whether what is written waits for more.</summary>
    public bool IsCoalescing => _coalescing.IsArmed;

    public void Coalesce(TimeSpan time) => _coalescing.ArmAfter(time);

    public void Shut(TimeSpan time) => _shut.ArmAfter(time);

    /// <summary>All that lasts ends at once.</summary>
    public void EndNow()
    {
        EndNow(_coalescing);
        EndNow(_shut);
    }

    /// <summary>The end is gone.</summary>
    public void Cancel()
    {
        _coalescing.Cancel();
        _shut.Cancel();
    }

    private static void EndNow(SimulationTimer timer)
    {
        if (timer.IsArmed)
        {
            timer.ArmAfter(TimeSpan.Zero);
        }
    }
}
