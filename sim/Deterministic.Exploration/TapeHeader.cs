namespace Deterministic.Exploration;

/// <summary>The inputs of the recorded run: enough to build the same world before the choices are read back.</summary>
public sealed record TapeHeader
{
    /// <summary>The longest name, key or value, in UTF-16 code units; it bounds the buffer of a reader of untrusted files.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The fault profile's name.</summary>
    public required string Faults { get; init; }

    /// <summary>The seed of the strategy that generated the tape; 0 if there was none.</summary>
    public ulong Seed { get; init; }

    /// <summary>The other inputs of the world; at most 1,024. Keys contain no white space; files hold them in ordinal order.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The option that says that the tape was not generated from a seed, so that its seed of 0 is not one; otherwise absent.</summary>
    internal const string SeedlessOption = "seedless";

    /// <summary>The seed that generated the tape; null if there was none.</summary>
    internal ulong? SeedOrNull => Options.ContainsKey(SeedlessOption) ? null : Seed;
}
