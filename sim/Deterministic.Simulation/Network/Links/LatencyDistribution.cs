namespace Deterministic.Simulation;

/// <summary>
/// How latencies are distributed. Each is drawn by one choice, of which the first is the least latency: a tape that shrinks towards zeros shrinks towards a fast network.
/// </summary>
/// <remarks>Immutable. Times are in whole microseconds, the same on every machine: the curves are computed with the basic operations alone, whose results IEEE 754 fixes.</remarks>
public sealed class LatencyDistribution
{
    /// <summary>A thousand quantiles draw a curve finely enough, and are few enough for a tape to search through.</summary>
    private const int Quantiles = 1000;

    private readonly TimeSpan _least;
    private readonly TimeSpan _most;
    private readonly Func<double, double>? _quantile;

    private LatencyDistribution(LatencyShape shape, TimeSpan least, TimeSpan most, Func<double, double>? quantile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, TimeSpan.FromSeconds(1000));
        Shape = shape;
        _least = least;
        _most = most;
        _quantile = quantile;
    }

    /// <summary>Its shape.</summary>
    public LatencyShape Shape { get; }

    /// <summary>Always the same.</summary>
    /// <param name="latency">At most a thousand seconds.</param>
    public static LatencyDistribution Constant(TimeSpan latency) => Uniform(latency, latency);

    /// <summary>Every latency between two is as likely as any other.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="most">The longest; at most a thousand seconds.</param>
    public static LatencyDistribution Uniform(TimeSpan least, TimeSpan most) =>
        new(LatencyShape.Uniform, least, most < least ? least : most, quantile: null);

    /// <summary>A bell around a mean, cut off at zero and at the mean and four deviations.</summary>
    /// <param name="mean">The middle.</param>
    /// <param name="deviation">The standard deviation.</param>
    public static LatencyDistribution Normal(TimeSpan mean, TimeSpan deviation) =>
        new(
            LatencyShape.Normal,
            TimeSpan.Zero,
            mean + (4 * deviation),
            u => mean.TotalMicroseconds + (deviation.TotalMicroseconds * Curves.NormalQuantile(u))
        );

    /// <summary>A least one and an exponential tail, cut off at twenty means above it.</summary>
    /// <param name="least">The shortest.</param>
    /// <param name="mean">How much longer than that it is on average.</param>
    public static LatencyDistribution Exponential(TimeSpan least, TimeSpan mean) =>
        new(
            LatencyShape.Exponential,
            least,
            least + (20 * mean),
            u => least.TotalMicroseconds - (mean.TotalMicroseconds * Curves.Log(1 - u))
        );

    /// <summary>A least one and a heavy tail.</summary>
    /// <param name="least">The shortest; above zero.</param>
    /// <param name="shape">How fast the tail falls: 1 is very heavy, 3 is light.</param>
    /// <param name="most">Where it is cut off.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="least"/> or <paramref name="shape"/> is not positive.</exception>
    public static LatencyDistribution Pareto(TimeSpan least, double shape, TimeSpan most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(least, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(shape);
        return new(
            LatencyShape.Pareto,
            least,
            most,
            u => least.TotalMicroseconds * Curves.Exp(-Curves.Log(1 - u) / shape)
        );
    }

    /// <summary>Mostly one latency, sometimes another.</summary>
    /// <param name="usual">The usual one.</param>
    /// <param name="other">The other, no shorter.</param>
    /// <param name="otherPerMille">How often the other, in thousandths.</param>
    public static LatencyDistribution Bimodal(TimeSpan usual, TimeSpan other, int otherPerMille) =>
        new(
            LatencyShape.Bimodal,
            usual,
            other,
            u => u < 1 - (otherPerMille / 1000.0) ? usual.TotalMicroseconds : other.TotalMicroseconds
        );

    internal TimeSpan Draw(ChoiceSource choices)
    {
        int least = (int)_least.TotalMicroseconds;
        int most = (int)_most.TotalMicroseconds;
        if (_quantile is null)
        {
            return TimeSpan.FromMicroseconds(choices.Between(ChoiceKind.Latency, least, most));
        }

        double u = (choices.Choose(ChoiceKind.Latency, Quantiles) + 0.5) / Quantiles;
        return TimeSpan.FromMicroseconds(Math.Clamp((long)_quantile(u), least, most));
    }
}
