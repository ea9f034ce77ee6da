namespace Deterministic.Scenarios;

/// <summary>The number of members and messages, and the pauses between messages.</summary>
internal sealed record ChatSize
{
    /// <summary>Small enough for thousands of runs, large enough for every order of the members' messages.</summary>
    public static ChatSize Small { get; } = new();

    /// <summary>The fewest members.</summary>
    public int MinMembers { get; init; } = 2;

    /// <summary>The most members.</summary>
    public int MaxMembers { get; init; } = 5;

    /// <summary>The fewest messages of a member.</summary>
    public int MinMessages { get; init; } = 1;

    /// <summary>The most messages of a member.</summary>
    public int MaxMessages { get; init; } = 8;

    /// <summary>The longest pause between two messages of a member.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMilliseconds(20);
}
