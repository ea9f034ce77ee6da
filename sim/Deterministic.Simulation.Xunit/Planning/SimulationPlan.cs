using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Faults;

namespace Deterministic.Simulation.Xunit;

/// <summary>The runs of a simulation test.</summary>
internal sealed record SimulationPlan
{
    /// <summary>The name of the test in tapes and filters: type and method.</summary>
    public required string Test { get; init; }

    /// <summary>How the network behaves.</summary>
    public required FaultProfile Faults { get; init; }

    /// <summary>The attribute's rules, in addition to the profile.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    public required ulong FirstSeed { get; init; }

    public required int Seeds { get; init; }

    /// <summary>The tape to replay instead of running seeds, or null.</summary>
    public Tape? Tape { get; init; }

    /// <summary>The folder for tapes; null for the one beside the test assembly.</summary>
    public string? TapeFolder { get; init; }

    /// <summary>Why the test is skipped, or null.</summary>
    public string? SkipReason { get; init; }

    /// <summary>The attribute's plan, restricted by the settings.</summary>
    /// <exception cref="InvalidOperationException">The settings are not valid; ignoring them would silently run something else.</exception>
    public SimulationPlan Restrict(SimulationSettings settings)
    {
        SimulationPlan plan = this with { TapeFolder = settings.TapeFolder };
        return settings switch
        {
            { Seed: not null, Tape: not null } => throw new InvalidOperationException(
                $"{SimulationSettings.SeedVariable} and {SimulationSettings.TapeVariable} are both set: a tape contains its own decisions, so set only one of them."
            ),
            { Seed: { } seed } => plan with { FirstSeed = ParseSeed(seed), Seeds = 1 },
            { Tape: { } path } => plan.Replay(path, settings.Folders),
            _ => plan,
        };
    }

    private static ulong ParseSeed(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw new InvalidOperationException(
                $"{SimulationSettings.SeedVariable} is '{text}'; a seed is a whole number from 0 to {ulong.MaxValue}."
            );

    private SimulationPlan Replay(string given, IReadOnlyList<string> folders)
    {
        string path = TapePath.Find(given, folders);
        Tape tape = Load(path);
        TapeHeader header = tape.Header;
        if (!string.Equals(header.Scenario, Test, StringComparison.Ordinal))
        {
            return this with
            {
                SkipReason = RunTape.IsOfTest(header)
                    ? $"{SimulationSettings.TapeVariable} is a tape of '{header.Scenario}', so only that test is run."
                    : $"{SimulationSettings.TapeVariable} is a tape of the scenario '{header.Scenario}', not of a test: replay it with 'detsim replay {path}'.",
            };
        }

        FaultProfile faults =
            FindFaults(header, path)
            ?? throw new InvalidOperationException(
                $"The tape '{path}' was recorded with the faults '{header.Faults}', which are unknown here."
            );
        return this with { Tape = tape, Faults = faults, FirstSeed = header.Seed, Seeds = 1 };
    }

    private static FaultProfile? FindFaults(TapeHeader header, string path)
    {
        try
        {
            return RunTape.FindFaults(header);
        }
        catch (FormatException error)
        {
            throw new InvalidOperationException(
                $"{SimulationSettings.TapeVariable}: the tape '{path}' cannot be replayed: {error.Message}",
                error
            );
        }
    }

    private static Tape Load(string path)
    {
        try
        {
            return Tape.Load(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or TapeFormatException)
        {
            throw new InvalidOperationException(
                $"{SimulationSettings.TapeVariable}: the tape '{path}' cannot be replayed: {error.Message}",
                error
            );
        }
    }
}
