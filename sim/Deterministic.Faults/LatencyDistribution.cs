using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Faults.Numerics;
using Deterministic.Faults.Text;

namespace Deterministic.Faults;

/// <summary>
/// A distribution of latencies. Each latency is drawn by one choice, and choice 0 is the smallest latency: a tape that shrinks towards zeros shrinks towards a fast network.
/// </summary>
/// <remarks>Immutable. Times are in whole microseconds, the same on every machine: the curves are computed with the basic operations only, whose results IEEE 754 defines exactly.</remarks>
public sealed partial class LatencyDistribution
{
    /// <summary>A thousand quantiles are precise enough for a curve, and few enough to search through.</summary>
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

    /// <summary>The shortest possible latency.</summary>
    public TimeSpan Least => _range.Least;

    /// <summary>The longest possible latency.</summary>
    public TimeSpan Most => _range.Most;

    /// <summary>A constant latency.</summary>
    /// <param name="latency">At most a thousand seconds.</param>
    public static LatencyDistribution Constant(TimeSpan latency) => Uniform(latency, latency);

    /// <summary>A uniform distribution between two latencies.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; at most a thousand seconds.</param>
    public static LatencyDistribution Uniform(TimeSpan least, TimeSpan most) =>
        new(
            LatencyShape.Uniform,
            new DurationRange(least, most),
            $"uniform:{DurationText.Format(least)},{DurationText.Format(most)}"
        );

    /// <summary>A normal distribution, cut off at zero and at the mean plus four deviations.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="deviation">The standard deviation.</param>
    public static LatencyDistribution Normal(TimeSpan mean, TimeSpan deviation) =>
        new(
            LatencyShape.Normal,
            new DurationRange(TimeSpan.Zero, mean + (4 * deviation)),
            $"normal:{DurationText.Format(mean)},{DurationText.Format(deviation)}",
            u => mean.TotalMicroseconds + (deviation.TotalMicroseconds * DeterministicMath.NormalQuantile(u))
        );

    /// <summary>A smallest latency and an exponential tail, cut off at twenty means above it.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="mean">The mean of the tail, above the smallest latency.</param>
    public static LatencyDistribution Exponential(TimeSpan least, TimeSpan mean) =>
        new(
            LatencyShape.Exponential,
            new DurationRange(least, least + (20 * mean)),
            $"exponential:{DurationText.Format(least)},{DurationText.Format(mean)}",
            u => least.TotalMicroseconds - (mean.TotalMicroseconds * DeterministicMath.Log(1 - u))
        );

    /// <summary>A smallest latency and a heavy tail.</summary>
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
    /// <param name="otherPerMille">The probability of the other, in thousandths.</param>
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
    /// <param name="text">A text as written by <see cref="ToString"/>.</param>
    /// <exception cref="FormatException">It is not such a text; the message lists the valid forms.</exception>
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
