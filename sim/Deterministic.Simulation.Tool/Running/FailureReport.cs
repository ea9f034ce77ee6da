using Deterministic.Simulation.Reporting;

namespace Deterministic.Simulation.Tool;

/// <summary>A failed run of the simulation: what failed, where in the program, when and on which host, and the events that led to it.</summary>
internal static class FailureReport
{
    /// <summary>The cause of a failure is mostly in the last exchanges; <c>--trace</c> prints all events.</summary>
    private const int MaxEvents = 16;

    public static string Headline(Finding finding, SimulationRun run)
    {
        string where = run.Failure is { } point ? $" on host {point.Host}" : "";
        return $"{TextEscaper.Of(finding.Property)} at {Format.Seconds(finding.Time)} of virtual time{where}:";
    }

    /// <param name="environment">Where to write.</param>
    /// <param name="run">With its events kept.</param>
    /// <param name="withEvents">False if they are printed anyway.</param>
    public static void Print(ToolEnvironment environment, SimulationRun run, bool withEvents)
    {
        foreach (string line in FailureText.What(run.Finding!, run.Cause, named: false))
        {
            environment.WriteLine($"  {TextEscaper.Of(line)}");
        }

        if (withEvents && run.Failure is { } point)
        {
            foreach (string line in FailureText.Events(run.Trace, point, MaxEvents))
            {
                environment.WriteLine(line);
            }
        }
    }
}
