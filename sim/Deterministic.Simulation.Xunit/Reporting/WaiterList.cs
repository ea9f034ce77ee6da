using System.Globalization;
using System.Text;

namespace Deterministic.Simulation.Xunit;

/// <summary>Who waits for what, beneath a finding.</summary>
internal static class WaiterList
{
    /// <summary>Enough to see a circle, or that all of many wait for the same.</summary>
    private const int Shown = 20;

    /// <summary>Empty if nobody is known to wait.</summary>
    public static string Of(Finding finding)
    {
        StringBuilder text = new();
        foreach (Waiter waiter in finding.Waiters.Take(Shown))
        {
            text.Append("- ").Append(waiter.ToString().ReplaceLineEndings("\n  ")).Append('\n');
        }

        if (finding.Waiters.Count > Shown)
        {
            text.Append(CultureInfo.InvariantCulture, $"and {finding.Waiters.Count - Shown} more.\n");
        }

        return text.ToString();
    }
}
