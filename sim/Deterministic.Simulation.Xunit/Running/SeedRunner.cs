namespace Deterministic.Simulation.Xunit;

/// <summary>Runs a test once, in a world of its own.</summary>
/// <param name="plan">What is run.</param>
/// <param name="createLife">Makes a new instance's life for each run.</param>
internal sealed class SeedRunner(SimulationPlan plan, Func<TestLife> createLife)
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
        RunResult result = world.Run(() => life.RunAsync(world), Limits);
        life.EndIfCutShort();
        Exception? error = result.Exception ?? life.Error;
        return RunVerdict.Of(result, error) is { } finding
            ? new SeedFailure(plan, seed, world, finding, error, life.Folder)
            : null;
    }
}
