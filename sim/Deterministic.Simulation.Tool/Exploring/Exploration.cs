namespace Deterministic.Simulation.Tool;

/// <summary>What became of many runs.</summary>
internal sealed record Exploration
{
    /// <summary>How many runs were made; fewer than asked for after an interruption.</summary>
    public required int Runs { get; init; }

    /// <summary>How many of them failed.</summary>
    public required int Found { get; init; }

    /// <summary>The first of those, by seed.</summary>
    public required IReadOnlyList<SeedRun> First { get; init; }

    /// <summary>The first run in which the simulator itself failed, or null. It says nothing about the scenario, and so it is no finding.</summary>
    public required SeedRun? Failed { get; init; }

    /// <summary>The last run that was made, for explorations of one.</summary>
    public required SeedRun? Last { get; init; }

    /// <summary>What must happen in some run, and whether it did.</summary>
    public required SometimesResults SometimesResults { get; init; }

    /// <summary>What holds sometimes, they say, and held in none of the runs. A single run is no search, so it misses nothing.</summary>
    public IEnumerable<string> Unseen => Runs > 1 ? SometimesResults.Missing : [];

    /// <summary>Whether there is nothing to report.</summary>
    public bool IsClean => Found == 0 && Failed is null && !Unseen.Any();

    /// <exception cref="SimulatorException">The simulator itself failed in a run.</exception>
    public void ThrowIfSimulatorFailed()
    {
        if (Failed is { } failed)
        {
            throw new SimulatorException($"seed {failed.Seed}: {failed.Finding!.Detail}");
        }
    }

    /// <summary>The time of all their worlds together.</summary>
    public required TimeSpan WorldTime { get; init; }

    /// <summary>All their decisions.</summary>
    public required long Decisions { get; init; }

    /// <summary>The real time that all took.</summary>
    public required TimeSpan Elapsed { get; init; }
}
