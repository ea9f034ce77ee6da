namespace Deterministic.Simulation;

/// <summary>What a tape was recorded from: enough to build the same world again before the choices are read back.</summary>
public sealed record TapeHeader
{
    /// <summary>The longest name, key or value, in UTF-16 code units; it bounds what a reader of hostile files must buffer.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The fault profile's name.</summary>
    public required string Faults { get; init; }

    /// <summary>The seed of the strategy that filled the tape; 0 where no seed did.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whatever else the world was built from; at most 1,024. Keys are free of white space; files hold them in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What is wrong with the texts, or null.</summary>
    internal string? FindFault()
    {
        if (Options.Count > TapeFormat.MaxOptions)
        {
            return $"There are {Options.Count} options; a tape holds at most {TapeFormat.MaxOptions}.";
        }

        if (
            new[] { Scenario, Faults }.Concat(Options.Keys).Concat(Options.Values).FirstOrDefault(IsTooLong) is { } text
        )
        {
            return $"'{TapeText.Quote(text)}' is longer than the {nameof(MaxTextLength)} of a tape's header.";
        }

        return Options.Keys.FirstOrDefault(key => !TapeText.IsKey(key)) is { } bad
            ? $"The option key '{TapeText.Quote(bad)}' is empty or holds white space or control characters."
            : null;
    }

    private static bool IsTooLong(string text) => text.Length > MaxTextLength;
}
