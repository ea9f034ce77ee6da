namespace Deterministic.Simulation.Tool;

/// <summary>The result of a determinism check.</summary>
internal sealed record CheckResult
{
    /// <summary>How many seeds were checked; fewer than requested after an interruption.</summary>
    public required int Seeds { get; init; }

    /// <summary>The seeds whose runs differ, in order.</summary>
    public required IReadOnlyList<ulong> Differing { get; init; }

    /// <summary>The first run in which the simulator itself failed, or null.</summary>
    public required SimulationRun? Failed { get; init; }

    public required TimeSpan Elapsed { get; init; }
}
