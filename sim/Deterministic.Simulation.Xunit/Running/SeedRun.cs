using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Replaying;

namespace Deterministic.Simulation.Xunit;

/// <summary>One run of a test, and how it ended.</summary>
internal sealed record SeedRun(SimulatedWorld World, RunResult Result, Exception? Cause, Finding? Finding)
{
    /// <summary>What another run of the same decisions must have in common with it.</summary>
    public CheckedRun Compared => CheckedRun.Of(World, Finding);

    /// <summary>Runs a test in a world.</summary>
    public static SeedRun Play(TestLife life, SimulatedWorld world, RunLimits limits)
    {
        RunResult result = world.RunProgram(
            () => life.RunAsync(world),
            limits,
            hasFailed: () => life.Error is not null
        );
        using (world.Scheduler.WatchAfterRun($"{life.ClassName}.Dispose", limits))
        {
            life.EndIfCutShort();
        }

        Exception? error = SimulatorErrors.Classify(life.Error ?? result.Exception);
        Finding? finding = RunVerdict.Of(result, error, world);
        return new SeedRun(world, result, finding?.Error ?? error, finding);
    }
}
