namespace Deterministic.Faults;

/// <summary>Which distribution latencies have.</summary>
public enum LatencyShape
{
    /// <summary>All between two are alike.</summary>
    Uniform,

    /// <summary>Around a mean: a bell.</summary>
    Normal,

    /// <summary>Mostly near the least, ever more seldom above it: queues that empty.</summary>
    Exponential,

    /// <summary>As exponential, with a heavy tail: the Internet's.</summary>
    Pareto,

    /// <summary>Mostly one, sometimes the other: a route that flaps, a cache that misses.</summary>
    Bimodal,
}
