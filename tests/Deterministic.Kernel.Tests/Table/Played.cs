using Deterministic.Simulation;

namespace Deterministic.Kernel.Tests;

/// <summary>Scenarios that were played, as what was seen.</summary>
internal static class Played
{
    /// <summary>On this machine's kernel, which must be Linux.</summary>
    public static async Task<string> OnLinuxAsync(KernelScenario scenario)
    {
        LinuxStage stage = new(scenario.Options);
        try
        {
            await scenario.PlayAsync(stage).WaitAsync(3 * Stage.Patience);
        }
        catch (TimeoutException)
        {
            stage.Note("and then nothing more comes");
        }
        finally
        {
            stage.Clear();
        }

        return stage.Outcome;
    }

    /// <summary>In a simulated world with that seed.</summary>
    public static string InSimulation(KernelScenario scenario, ulong seed)
    {
        SimulatedWorld world = new(seed);
        SimulatedStage? stage = null;
        RunResult result = world.Run(async () =>
        {
            stage = new SimulatedStage(world, scenario.Options);
            await scenario.PlayAsync(stage);
            stage.Clear();
        });
        if (result.Outcome is RunOutcome.Deadlocked or RunOutcome.TimeLimitReached)
        {
            stage!.Note("and then nothing more comes");
        }
        else
        {
            result.ThrowIfNotCompleted();
        }

        return stage!.Outcome;
    }
}
