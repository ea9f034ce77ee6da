using System.Runtime.InteropServices;
using Deterministic.Exploration;

namespace Deterministic.Faults;

/// <summary>A range of durations, both ends included. Drawn in whole microseconds, which is finer than network latencies and coarse enough to shrink.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DurationRange
{
    /// <summary>A range from the shortest to the longest duration.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; at most <see cref="Longest"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A duration is negative, too long, or the first is longer than the second.</exception>
    public DurationRange(TimeSpan least, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, Longest);
        Least = least;
        Most = most;
    }

    /// <summary>A thousand seconds: choices are in microseconds and must fit an integer.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromSeconds(1000);

    /// <summary>The shortest.</summary>
    public TimeSpan Least { get; }

    /// <summary>The longest.</summary>
    public TimeSpan Most { get; }

    /// <summary>The least is choice 0.</summary>
    internal TimeSpan Draw(ChoiceSource choices, ChoiceKind kind) =>
        TimeSpan.FromMicroseconds(choices.Between(kind, (int)Least.TotalMicroseconds, (int)Most.TotalMicroseconds));
}
