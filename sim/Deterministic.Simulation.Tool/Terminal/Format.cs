using System.Globalization;

namespace Deterministic.Simulation.Tool;

/// <summary>Numbers and times as people read them, the same in every culture.</summary>
internal static class Format
{
    public static string Count(long number, string one, string? many = null) =>
        $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A moment within a run.</summary>
    public static string Seconds(TimeSpan time) =>
        time.TotalSeconds.ToString("0.000 's'", CultureInfo.InvariantCulture);

    /// <summary>How long something took, to about two digits.</summary>
    public static string Duration(TimeSpan time) =>
        time switch
        {
            { TotalSeconds: < 1 } => time.TotalSeconds.ToString("0.00 's'", CultureInfo.InvariantCulture),
            { TotalSeconds: < 10 } => time.TotalSeconds.ToString("0.0 's'", CultureInfo.InvariantCulture),
            { TotalMinutes: < 2 } => time.TotalSeconds.ToString("0 's'", CultureInfo.InvariantCulture),
            { TotalHours: < 1 } => string.Create(
                CultureInfo.InvariantCulture,
                $"{(int)time.TotalMinutes} min {time.Seconds} s"
            ),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"{Number(Math.Floor(time.TotalHours))} h {time.Minutes} min"
            ),
        };
}
