namespace Deterministic.Streams;

/// <summary>Checks of spans of time that options take.</summary>
internal static class TimeOuts
{
    /// <summary>See <see cref="TimeProvider.CreateTimer"/>.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    public static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
        return value;
    }

    public static TimeSpan? Positive(TimeSpan? value) => value is { } given ? Positive(given) : null;

    /// <summary>What a timer can take of it: no more than 49.7 days, which nobody waits for.</summary>
    public static TimeSpan ForTimer(TimeSpan value) => value < LongestTimer ? value : LongestTimer;

    public static TimeSpan? NotNegative(TimeSpan? value)
    {
        if (value is { } given)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(given, TimeSpan.Zero, nameof(value));
        }

        return value;
    }
}
