namespace Deterministic.Faults;

/// <summary>The shapes of latency distributions.</summary>
public enum LatencyShape
{
    /// <summary>Uniform between two latencies.</summary>
    Uniform,

    /// <summary>Normal, around a mean.</summary>
    Normal,

    /// <summary>Mostly near the smallest, exponentially rarer above it: queues that drain.</summary>
    Exponential,

    /// <summary>As exponential, with a heavy tail, as on the Internet.</summary>
    Pareto,

    /// <summary>Mostly one, sometimes the other: a route that flaps, a cache that misses.</summary>
    Bimodal,
}
