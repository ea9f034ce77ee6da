namespace Deterministic.Simulation.Tool;

/// <summary>The results of many runs.</summary>
internal sealed record Exploration
{
    /// <summary>How many runs were made; fewer than requested after an interruption.</summary>
    public required int Runs { get; init; }

    /// <summary>How many of them failed.</summary>
    public required int Found { get; init; }

    /// <summary>The first failed runs, by seed.</summary>
    public required IReadOnlyList<SeedRun> First { get; init; }

    /// <summary>The first run in which the simulator itself failed, or null. It says nothing about the scenario, so it is not a finding.</summary>
    public required SeedRun? Failed { get; init; }

    /// <summary>The last run that was made, for explorations of one.</summary>
    public required SeedRun? Last { get; init; }

    /// <summary>The properties that must hold in some run, and whether each did.</summary>
    public required SometimesResults SometimesResults { get; init; }

    /// <summary>The properties that must hold in some run and held in none. Empty for a single run, which is not a search.</summary>
    public IEnumerable<string> NeverHeld => Runs > 1 ? SometimesResults.Missing : [];

    /// <summary>Whether there is nothing to report.</summary>
    public bool IsClean => Found == 0 && Failed is null && !NeverHeld.Any();

    /// <exception cref="SimulatorException">The simulator itself failed in a run.</exception>
    public void ThrowIfSimulatorFailed()
    {
        if (Failed is { } failed)
        {
            throw new SimulatorException($"seed {failed.Seed}: {failed.Finding!.Detail}");
        }
    }

    /// <summary>The total time of all worlds.</summary>
    public required TimeSpan WorldTime { get; init; }

    /// <summary>The total number of decisions.</summary>
    public required long Decisions { get; init; }

    /// <summary>The real time of all runs.</summary>
    public required TimeSpan Elapsed { get; init; }
}
