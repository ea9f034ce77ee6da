namespace Deterministic.Simulation.Reporting;

/// <summary>Where in a run something went wrong. What comes after it in the trace is its consequence: the program cleans up, and its hosts close their connections.</summary>
/// <param name="Time">In virtual time, since the start of the simulation.</param>
/// <param name="Host">Whose code ran; <c>main</c> for the test or the scenario itself.</param>
/// <param name="Events">How many events the trace had by then.</param>
internal sealed record FailurePoint(TimeSpan Time, string Host, long Events)
{
    /// <summary>Where a run failed.</summary>
    /// <param name="world">Where it ran.</param>
    /// <param name="finding">What did not hold.</param>
    /// <param name="cause">What was thrown, or null.</param>
    public static FailurePoint Of(SimulatedWorld world, Finding finding, Exception? cause)
    {
        if (cause is not (null or PropertyViolatedException) && world.Scheduler.Thrown.Find(cause) is { } thrown)
        {
            return thrown;
        }

        int violation = world.Trace.IndexOfViolation(finding.Property);
        return violation < 0
            ? new FailurePoint(finding.Time, finding.Host, world.Trace.Count)
            : new FailurePoint(finding.Time, world.Trace.Events[violation].Host, violation);
    }
}
