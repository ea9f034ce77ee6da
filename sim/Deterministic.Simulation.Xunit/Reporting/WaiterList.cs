using System.Globalization;

namespace Deterministic.Simulation.Xunit;

/// <summary>The waiters, printed below a finding.</summary>
internal static class WaiterList
{
    /// <summary>Enough to see a cycle, or that many wait for the same.</summary>
    private const int Shown = 6;

    /// <summary>Empty if no waiter is known.</summary>
    public static IEnumerable<string> Of(Finding finding)
    {
        foreach (Waiter waiter in finding.Waiters.Take(Shown))
        {
            string[] lines = waiter.ToString().ReplaceLineEndings("\n").Split('\n');
            yield return $"- {lines[0]}";
            foreach (string line in lines.Skip(1))
            {
                yield return $"  {line}";
            }
        }

        if (finding.Waiters.Count > Shown)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"and {finding.Waiters.Count - Shown} more.");
        }
    }
}
