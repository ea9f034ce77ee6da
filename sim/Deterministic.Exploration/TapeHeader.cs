namespace Deterministic.Exploration;

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

    /// <summary>The option that says that no seed filled the tape, so that its seed of 0 is none; absent if one did.</summary>
    internal const string SeedlessOption = "seedless";

    /// <summary>The seed that filled the tape; null if none did.</summary>
    internal ulong? SeedOrNull => Options.ContainsKey(SeedlessOption) ? null : Seed;
}
