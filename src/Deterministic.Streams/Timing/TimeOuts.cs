namespace Deterministic.Streams.Timing;

/// <summary>
/// Spans of time that options take: what they may be, and what a timer can make of them.
/// <para>This folder is time: this file checks spans, <see cref="Deadline"/> bounds one operation.</para>
/// </summary>
internal static class TimeOuts
{
    /// <summary>The longest time that a timer takes: <c>uint.MaxValue</c> milliseconds stand for "for ever", and this is one less.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>What a timer can take of it: 49 days at most, which nothing here lasts.</summary>
    public static TimeSpan ForTimer(TimeSpan value) => value < Longest ? value : Longest;

    public static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }

    public static TimeSpan? Positive(TimeSpan? value) => value is { } given ? Positive(given) : null;

    /// <summary>A time, or none: null, and <see cref="Timeout.InfiniteTimeSpan"/> where a program writes that.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public static TimeSpan? PositiveOrNone(TimeSpan? value)
    {
        if (value is not { } given || given == Timeout.InfiniteTimeSpan)
        {
            return null;
        }

        return given > TimeSpan.Zero
            ? given
            : throw new ArgumentOutOfRangeException(
                nameof(value),
                given,
                $"A time-out must be positive, and {given:c} is not. For none, set null or Timeout.InfiniteTimeSpan."
            );
    }

    public static TimeSpan? NotNegative(TimeSpan? value)
    {
        if (value is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, TimeSpan.Zero, nameof(value));
        }

        return value;
    }
}
