using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Replaying;

namespace Deterministic.Simulation.Xunit;

/// <summary>One run of a test, and its result.</summary>
internal sealed record SeedRun(SimulatedWorld World, RunResult Result, Exception? Cause, Finding? Finding)
{
    /// <summary>What another run with the same decisions must have in common with it.</summary>
    public CheckedRun Compared => CheckedRun.Of(World, Finding);

    /// <summary>Runs a test in a world.</summary>
    public static SeedRun Play(TestInstance instance, SimulatedWorld world, RunLimits limits)
    {
        RunResult result = world.RunProgram(
            () => instance.RunAsync(world),
            limits,
            hasFailed: () => instance.Error is not null
        );
        using (world.Scheduler.WatchAfterRun($"{instance.ClassName}.Dispose", limits))
        {
            instance.DisposeIfStopped();
        }

        Exception? error = SimulatorErrors.Classify(instance.Error ?? result.Exception);
        Finding? finding = RunVerdict.Of(result, error, world);
        return new SeedRun(world, result, finding?.Error ?? error, finding);
    }
}
