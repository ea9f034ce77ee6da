namespace Deterministic.Faults;

/// <summary>Where a fault may strike. The default is everywhere.</summary>
/// <param name="From">The host that sends or connects; null for any.</param>
/// <param name="To">The host that it sends or connects to; the host itself for faults of a host; null for any.</param>
/// <param name="BothWays">Whether the way back counts as well.</param>
public readonly record struct FaultScope(string? From, string? To, bool BothWays)
{
    /// <summary>That of names in the DNS; it keeps the text of a rule short enough for a tape's header.</summary>
    private const int MaxNameLength = 255;

    /// <summary>Whether the way from one host to another is in it. Names of hosts know no case.</summary>
    /// <param name="from">Who sends.</param>
    /// <param name="to">Who receives.</param>
    public bool Covers(string from, string to) =>
        (Is(From, from) && Is(To, to)) || (BothWays && Is(From, to) && Is(To, from));

    /// <summary>Whether a host is in it: one of two, if it names two.</summary>
    /// <param name="host">The host's name.</param>
    public bool Covers(string host) => Is(To, host) || (BothWays && From is not null && Is(From, host));

    /// <exception cref="ArgumentException">A name is none that a host can have, or that the text of a rule can hold.</exception>
    internal void Check()
    {
        Check(From, nameof(From));
        Check(To, nameof(To));
    }

    private static void Check(string? name, string parameter)
    {
        if (name is not null && (name.Length is 0 or > MaxNameLength || name.Any(IsForbidden)))
        {
            throw new ArgumentException(
                $"'{name}' is no name of a host for a rule: 1 to {MaxNameLength} characters, no white space, none of * < >.",
                parameter
            );
        }
    }

    private static bool IsForbidden(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || c is '*' or '<' or '>';

    private static bool Is(string? wanted, string name) =>
        wanted is null || string.Equals(wanted, name, StringComparison.OrdinalIgnoreCase);
}
