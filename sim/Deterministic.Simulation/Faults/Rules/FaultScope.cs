namespace Deterministic.Simulation;

/// <summary>Where a fault may strike. The default is everywhere.</summary>
/// <param name="From">The host that sends or connects; null for any.</param>
/// <param name="To">The host that it sends or connects to; the host itself for faults of a host; null for any.</param>
/// <param name="BothWays">Whether the way back counts as well.</param>
public readonly record struct FaultScope(string? From, string? To, bool BothWays)
{
    /// <summary>Whether the way from one host to another is in it. Names of hosts know no case.</summary>
    /// <param name="from">Who sends.</param>
    /// <param name="to">Who receives.</param>
    public bool Covers(string from, string to) =>
        (Is(From, from) && Is(To, to)) || (BothWays && Is(From, to) && Is(To, from));

    /// <summary>Whether a host is in it.</summary>
    /// <param name="host">The host's name.</param>
    public bool Covers(string host) => Is(To, host) || (BothWays && Is(From, host));

    private static bool Is(string? wanted, string name) =>
        wanted is null || string.Equals(wanted, name, StringComparison.OrdinalIgnoreCase);
}
