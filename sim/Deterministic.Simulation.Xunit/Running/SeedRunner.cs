namespace Deterministic.Simulation.Xunit;

/// <summary>Runs a test once, in a world of its own.</summary>
/// <param name="plan">What is run.</param>
/// <param name="createLife">Makes a new instance's life for each run.</param>
/// <param name="createSilentLife">The same, for a run whose output nobody wants to read again.</param>
internal sealed class SeedRunner(SimulationPlan plan, Func<TestLife> createLife, Func<TestLife> createSilentLife)
{
    /// <summary>As for scenarios, but more patient with a thread pool that is slow to show an escape: a test that fails does so only once.</summary>
    private static readonly RunLimits Limits = new SimulationOptions().Limits with
    {
        EscapeGrace = TimeSpan.FromSeconds(1),
    };

    /// <summary>How a seed, or the plan's tape, failed; null if it did not.</summary>
    public SeedFailure? Run(ulong seed)
    {
        ChoiceSource choices = new(plan.Tape is null ? new RandomStrategy(seed) : new ReplayStrategy(plan.Tape));
        SimulatedWorld world = new(choices, plan.Faults, keepTrace: true);
        TestLife life = createLife();
        RunResult result = Play(life, world, Limits);
        Exception? error = life.Error ?? result.Exception;
        return RunVerdict.Of(result, error) is { } finding
            ? new SeedFailure(plan, seed, world, Explain(finding, world), finding.Error ?? error, life.Folder)
            : null;
    }

    private static RunResult Play(TestLife life, SimulatedWorld world, RunLimits limits)
    {
        RunResult result = world.Run(() => life.RunAsync(world), limits);
        life.EndIfCutShort();
        return result;
    }

    /// <summary>A run that did not end is made again, listening this time, to say who waited for what.</summary>
    private Finding Explain(Finding finding, SimulatedWorld world)
    {
        if (!RunVerdict.IsAboutWaiting(finding))
        {
            return finding;
        }

        SimulatedWorld again = new(world.Replayed(), plan.Faults);
        RunLimits limits = Limits with { ExplainWaits = true, EscapeGrace = TimeSpan.Zero, WatchTasks = false };
        RunResult result = Play(createSilentLife(), again, limits);
        return RunVerdict.Explained(finding, world.Trace.Hash, again.Trace.Hash, result.Waiters);
    }
}
