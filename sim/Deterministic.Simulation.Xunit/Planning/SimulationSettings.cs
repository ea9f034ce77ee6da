using Deterministic.Exploration;

namespace Deterministic.Simulation.Xunit;

/// <summary>What the surroundings of a test run ask of every simulation test.</summary>
internal sealed record SimulationSettings
{
    /// <summary>Restricts every simulation test to one seed.</summary>
    public const string SeedVariable = "DETERMINISTIC_SEED";

    /// <summary>Replays the tape in that file.</summary>
    public const string TapeVariable = RunTape.TestVariable;

    /// <summary>The seed in text, or null.</summary>
    public string? Seed { get; init; }

    /// <summary>The tape's file, or null.</summary>
    public string? Tape { get; init; }

    /// <summary>Where a relative path of a tape is looked for, in this order.</summary>
    public IReadOnlyList<string> Folders { get; init; } = TapePath.Folders();

    /// <summary>Where tapes are saved; null for a folder beside the test assembly.</summary>
    public string? TapeFolder { get; init; }

    /// <summary>What this process's environment asks for.</summary>
    public static SimulationSettings FromEnvironment() =>
        new() { Seed = Variable(SeedVariable), Tape = Variable(TapeVariable) };

    /// <summary>An empty variable asks for nothing: some shells and pipelines cannot unset one.</summary>
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
