namespace Deterministic.Streams;

/// <summary>Checks of spans of time that options take.</summary>
internal static class TimeOuts
{
    public static TimeSpan Positive(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
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
