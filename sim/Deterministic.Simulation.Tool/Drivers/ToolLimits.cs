namespace Deterministic.Simulation.Tool;

/// <summary>Where a run of <c>detsim</c> is given up.</summary>
internal static class ToolLimits
{
    /// <summary>Those of all scenarios. A loop that never ends is a finding: it is reported, and the process ends, since the thread can't be stopped.</summary>
    public static RunLimits Default { get; } = new SimulationOptions().Limits with { OnEndlessItem = End };

    private static void End(string message)
    {
        Console.Error.WriteLine($"detsim: {message}");
        Environment.Exit(ExitCodes.Found);
    }
}
