namespace Deterministic.Simulation.Tool;

/// <summary>Who waits for what, beneath a finding.</summary>
internal static class WaiterReport
{
    /// <summary>Enough to see a circle, or that all of many wait for the same.</summary>
    private const int Shown = 20;

    /// <summary>Prints nothing if nobody is known to wait.</summary>
    public static void Print(ToolEnvironment environment, Finding finding)
    {
        foreach (Waiter waiter in finding.Waiters.Take(Shown))
        {
            string[] lines = waiter.ToString().Split('\n');
            environment.WriteLine($"  - {TextEscaper.Of(lines[0])}");
            foreach (string line in lines.Skip(1))
            {
                environment.WriteLine($"    {TextEscaper.Of(line)}");
            }
        }

        if (finding.Waiters.Count > Shown)
        {
            environment.WriteLine($"  and {Format.Count(finding.Waiters.Count - Shown, "more waiter")}.");
        }
    }
}
