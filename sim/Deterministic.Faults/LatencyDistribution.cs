using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Faults.Numerics;
using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <summary>
/// How latencies are distributed. Each is drawn by one choice, of which the first is the least latency: a tape that shrinks towards zeros shrinks towards a fast network.
/// </summary>
/// <remarks>Immutable. Times are in whole microseconds, the same on every machine: the curves are computed with the basic operations alone, whose results IEEE 754 fixes.</remarks>
public sealed partial class LatencyDistribution
{
    /// <summary>A thousand quantiles draw a curve finely enough, and are few enough for a tape to search through.</summary>
    private const int Quantiles = 1000;

    private readonly DurationRange _range;
    private readonly string _text;
    private readonly Func<double, double>? _quantile;

    private LatencyDistribution(
        LatencyShape shape,
        DurationRange range,
        string text,
        Func<double, double>? quantile = null
    )
    {
        Shape = shape;
        _range = range;
        _text = text;
        _quantile = quantile;
    }

    /// <summary>Its shape.</summary>
    public LatencyShape Shape { get; }

    /// <summary>The shortest there can be.</summary>
    public TimeSpan Least => _range.Least;

    /// <summary>The longest there can be.</summary>
    public TimeSpan Most => _range.Most;

    /// <summary>Always the same.</summary>
    /// <param name="latency">At most a thousand seconds.</param>
    public static LatencyDistribution Constant(TimeSpan latency) => Uniform(latency, latency);

    /// <summary>Every latency between two is as likely as any other.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; at most a thousand seconds.</param>
    public static LatencyDistribution Uniform(TimeSpan least, TimeSpan most) =>
        new(
            LatencyShape.Uniform,
            new DurationRange(least, most),
            $"uniform:{DurationText.Format(least)},{DurationText.Format(most)}"
        );

    /// <summary>A bell around a mean, cut off at zero and at the mean and four deviations.</summary>
    /// <param name="mean">The middle.</param>
    /// <param name="deviation">The standard deviation.</param>
    public static LatencyDistribution Normal(TimeSpan mean, TimeSpan deviation) =>
        new(
            LatencyShape.Normal,
            new DurationRange(TimeSpan.Zero, mean + (4 * deviation)),
            $"normal:{DurationText.Format(mean)},{DurationText.Format(deviation)}",
            u => mean.TotalMicroseconds + (deviation.TotalMicroseconds * DeterministicMath.NormalQuantile(u))
        );

    /// <summary>A least one and an exponential tail, cut off at twenty means above it.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="mean">How much longer than that it is on average.</param>
    public static LatencyDistribution Exponential(TimeSpan least, TimeSpan mean) =>
        new(
            LatencyShape.Exponential,
            new DurationRange(least, least + (20 * mean)),
            $"exponential:{DurationText.Format(least)},{DurationText.Format(mean)}",
            u => least.TotalMicroseconds - (mean.TotalMicroseconds * DeterministicMath.Log(1 - u))
        );

    /// <summary>A least one and a heavy tail.</summary>
    /// <param name="least">The shortest; above zero.</param>
    /// <param name="shape">How fast the tail falls: 1 is very heavy, 3 is light. From 0.01 to 1000.</param>
    /// <param name="most">Where it is cut off.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="least"/> is not positive, or <paramref name="shape"/> out of range.</exception>
    public static LatencyDistribution Pareto(TimeSpan least, double shape, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(least, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(shape, 0.01);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shape, 1000);
        return new(
            LatencyShape.Pareto,
            new DurationRange(least, most),
            string.Create(
                CultureInfo.InvariantCulture,
                $"pareto:{DurationText.Format(least)},{shape},{DurationText.Format(most)}"
            ),
            u => least.TotalMicroseconds * DeterministicMath.Exp(-DeterministicMath.Log(1 - u) / shape)
        );
    }

    /// <summary>Mostly one latency, sometimes another.</summary>
    /// <param name="usual">The usual one.</param>
    /// <param name="other">The other, no shorter.</param>
    /// <param name="otherPerMille">How often the other, in thousandths.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="otherPerMille"/> is not from 0 to 1000, or a time out of range.</exception>
    public static LatencyDistribution Bimodal(TimeSpan usual, TimeSpan other, int otherPerMille)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(otherPerMille);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(otherPerMille, 1000);
        return new(
            LatencyShape.Bimodal,
            new DurationRange(usual, other),
            string.Create(
                CultureInfo.InvariantCulture,
                $"bimodal:{DurationText.Format(usual)},{DurationText.Format(other)},{otherPerMille}"
            ),
            u => u < 1 - (otherPerMille / 1000.0) ? usual.TotalMicroseconds : other.TotalMicroseconds
        );
    }

    /// <summary>Reads the text of a distribution, such as <c>uniform:1ms,5ms</c>.</summary>
    /// <param name="text">What <see cref="ToString"/> wrote.</param>
    /// <exception cref="FormatException">It is no such text; the message says what would be.</exception>
    public static LatencyDistribution Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Read(text);
    }

    /// <summary>Its text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => _text;

    internal TimeSpan Draw(ChoiceSource choices)
    {
        if (_quantile is null)
        {
            return _range.Draw(choices, ChoiceKind.Latency);
        }

        double u = (choices.Choose(ChoiceKind.Latency, Quantiles) + 0.5) / Quantiles;
        long drawn = (long)_quantile(u);
        return TimeSpan.FromMicroseconds(
            Math.Clamp(drawn, (long)_range.Least.TotalMicroseconds, (long)_range.Most.TotalMicroseconds)
        );
    }
}
