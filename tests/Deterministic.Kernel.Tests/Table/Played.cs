using Deterministic.Simulation;

namespace Deterministic.Kernel.Tests;

/// <summary>Scenarios that were played, as what was seen.</summary>
internal static class Played
{
    private const ulong Seeds = 20;

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

    /// <summary>What can be seen in a simulated world, whatever its seed.</summary>
    public static HashSet<string> InSimulation(KernelScenario scenario)
    {
        HashSet<string> outcomes = [];
        for (ulong seed = 1; seed <= Seeds; seed++)
        {
            outcomes.Add(InSimulation(scenario, seed));
        }

        return outcomes;
    }

    /// <summary>In a simulated world with that seed.</summary>
    private static string InSimulation(KernelScenario scenario, ulong seed)
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
