namespace Deterministic.Simulation.Tool;

/// <summary>The waiters, printed below a finding.</summary>
internal static class WaiterReport
{
    /// <summary>Enough to see a cycle, or that many wait for the same.</summary>
    private const int Shown = 20;

    /// <summary>Prints nothing if no waiter is known.</summary>
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
