using System.Globalization;
using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <content>Reads its text.</content>
public sealed partial class LatencyDistribution
{
    private const string Forms =
        "uniform:LEAST,MOST, normal:MEAN,DEVIATION, exponential:LEAST,MEAN, pareto:LEAST,SHAPE,MOST, bimodal:USUAL,OTHER,PER-MILLE";

    private static LatencyDistribution Read(string text)
    {
        try
        {
            return text.Split(':', 2) is [var shape, var values]
                ? Build(shape, values.Split(',')) ?? throw Unknown(text)
                : throw Unknown(text);
        }
        catch (Exception error) when (error is ArgumentException or OverflowException)
        {
            throw new FormatException($"'{text}' is not a distribution of latencies: {error.Message}", error);
        }
    }

    private static LatencyDistribution? Build(string shape, string[] values) =>
        (shape, values) switch
        {
            ("uniform", [var least, var most]) => Uniform(Time(least), Time(most)),
            ("normal", [var mean, var deviation]) => Normal(Time(mean), Time(deviation)),
            ("exponential", [var least, var mean]) => Exponential(Time(least), Time(mean)),
            ("pareto", [var least, var steepness, var most]) => Pareto(Time(least), Number(steepness), Time(most)),
            ("bimodal", [var usual, var other, var share]) => Bimodal(Time(usual), Time(other), Share(share)),
            _ => null,
        };

    private static TimeSpan Time(string value) => DurationText.Parse(value);

    private static int Share(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int share)
            ? share
            : throw new FormatException($"'{value}' is not a share in thousandths.");

    private static double Number(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : throw new FormatException($"'{value}' is not a number.");

    private static FormatException Unknown(string text) =>
        new($"'{text}' is not a distribution of latencies. There are: {Forms}.");
}
