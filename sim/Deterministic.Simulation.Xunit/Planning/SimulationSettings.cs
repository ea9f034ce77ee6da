using Deterministic.Exploration;

namespace Deterministic.Simulation.Xunit;

/// <summary>Settings from the environment that apply to every simulation test.</summary>
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

    /// <summary>The folders in which a relative path of a tape is searched, in this order.</summary>
    public IReadOnlyList<string> Folders { get; init; } = TapePath.Folders();

    /// <summary>The folder for tapes; null for the one beside the test assembly.</summary>
    public string? TapeFolder { get; init; }

    /// <summary>The settings in this process's environment.</summary>
    public static SimulationSettings FromEnvironment() =>
        new() { Seed = Variable(SeedVariable), Tape = Variable(TapeVariable) };

    /// <summary>An empty variable counts as not set: some shells and pipelines cannot unset one.</summary>
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
