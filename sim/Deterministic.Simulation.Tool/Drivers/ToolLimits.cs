namespace Deterministic.Simulation.Tool;

/// <summary>The limits of a run of <c>detsim</c>.</summary>
internal static class ToolLimits
{
    /// <summary>The limits of all scenarios. An endless loop is a finding: it is reported, and the process ends, since the thread can't be stopped.</summary>
    public static RunLimits Default { get; } = new SimulationOptions().Limits with { OnEndlessItem = End };

    private static void End(string message)
    {
        Console.Error.WriteLine($"detsim: {message}");
        Environment.Exit(ExitCodes.Found);
    }
}
