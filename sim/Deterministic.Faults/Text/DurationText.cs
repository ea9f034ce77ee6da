using System.Globalization;

namespace Deterministic.Faults.Text;

/// <summary>Times as people write them: <c>250ms</c>, <c>1.5s</c>. Exact to the tick of 100 ns.</summary>
internal static class DurationText
{
    private static readonly (string Unit, long Ticks)[] Units =
    [
        ("h", TimeSpan.TicksPerHour),
        ("min", TimeSpan.TicksPerMinute),
        ("ms", TimeSpan.TicksPerMillisecond),
        ("us", TimeSpan.TicksPerMicrosecond),
        ("s", TimeSpan.TicksPerSecond),
    ];

    /// <summary>In the largest unit of which it is a whole number.</summary>
    public static string Format(TimeSpan time)
    {
        (string unit, long ticks) = time.Ticks switch
        {
            var t when t % TimeSpan.TicksPerSecond == 0 => ("s", TimeSpan.TicksPerSecond),
            var t when t % TimeSpan.TicksPerMillisecond == 0 => ("ms", TimeSpan.TicksPerMillisecond),
            _ => ("us", TimeSpan.TicksPerMicrosecond),
        };
        return ((decimal)time.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + unit;
    }

    /// <exception cref="FormatException">It is not a time.</exception>
    public static TimeSpan Parse(string text)
    {
        foreach ((string unit, long ticks) in Units)
        {
            if (
                text.EndsWith(unit, StringComparison.Ordinal)
                && decimal.TryParse(
                    text.AsSpan(0, text.Length - unit.Length),
                    NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out decimal number
                )
                && number <= (decimal)long.MaxValue / ticks
            )
            {
                return new TimeSpan((long)(number * ticks));
            }
        }

        throw new FormatException(
            $"'{text}' is not a time: write a number and a unit, such as 250ms, 1.5s, 2min, 1h or 100us."
        );
    }
}
