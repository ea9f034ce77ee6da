using System.Runtime.CompilerServices;

namespace Deterministic.Simulation.Scheduling;

/// <summary>The checks of the system's timers, so that a program fails here with what it would fail with there.</summary>
internal static class TimerArguments
{
    /// <summary>The longest span of a system timer, 2^32 − 2 ms or 49.7 days; one more would read as infinite in 32 bits.</summary>
    private const long MaxMilliseconds = 0xffff_fffe;

    public static void Check(TimeSpan span, [CallerArgumentExpression(nameof(span))] string name = "")
    {
        var milliseconds = (long)span.TotalMilliseconds;
        ArgumentOutOfRangeException.ThrowIfLessThan(milliseconds, -1, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, MaxMilliseconds, name);
    }

    public static bool IsInfinite(TimeSpan span) => (long)span.TotalMilliseconds == -1;
}
