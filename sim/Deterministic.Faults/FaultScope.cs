namespace Deterministic.Faults;

/// <summary>Where a fault may strike. The default is everywhere.</summary>
/// <param name="From">The host that sends or connects; null for any.</param>
/// <param name="To">The host that it sends or connects to; the host itself for faults of a host; null for any.</param>
/// <param name="BothWays">Whether the other direction is included.</param>
public readonly record struct FaultScope(string? From, string? To, bool BothWays)
{
    /// <summary>The limit of DNS names; it keeps the text of a rule short enough for a tape's header.</summary>
    private const int MaxNameLength = 255;

    /// <summary>Whether the direction from one host to another is in it. Host names are case-insensitive.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The receiver.</param>
    public bool Covers(string from, string to) =>
        (Is(From, from) && Is(To, to)) || (BothWays && Is(From, to) && Is(To, from));

    /// <summary>Whether a host is in it: one of two, if it names two.</summary>
    /// <param name="host">The host's name.</param>
    public bool Covers(string host) => Is(To, host) || (BothWays && From is not null && Is(From, host));

    /// <exception cref="ArgumentException">A name is not a valid host name, or cannot be part of a rule's text.</exception>
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
                $"'{name}' is not a host name for a rule: 1 to {MaxNameLength} characters, no white space, none of * < >.",
                parameter
            );
        }
    }

    private static bool IsForbidden(char c) => char.IsWhiteSpace(c) || char.IsControl(c) || c is '*' or '<' or '>';

    private static bool Is(string? wanted, string name) =>
        wanted is null || string.Equals(wanted, name, StringComparison.OrdinalIgnoreCase);
}
