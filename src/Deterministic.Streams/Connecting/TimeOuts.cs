namespace Deterministic.Streams;

/// <summary>Checks of spans of time that options take.</summary>
internal static class TimeOuts
{
    /// <summary>What a timer can count to: <c>uint.MaxValue - 1</c> milliseconds, 49 days and 17 hours.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, Longest);
        return value;
    }

    public static TimeSpan? Positive(TimeSpan? value) => value is { } given ? Positive(given) : null;

    public static TimeSpan? NotNegative(TimeSpan? value)
    {
        if (value is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, TimeSpan.Zero, nameof(value));
        }

        return value;
    }
}
