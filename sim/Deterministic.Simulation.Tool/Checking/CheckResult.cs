namespace Deterministic.Simulation.Tool;

/// <summary>What became of a determinism check.</summary>
internal sealed record Checked
{
    /// <summary>How many seeds were checked; fewer than asked for after an interruption.</summary>
    public required int Seeds { get; init; }

    /// <summary>Those whose runs differ, in order.</summary>
    public required IReadOnlyList<ulong> Differing { get; init; }

    /// <summary>The first run in which the simulator itself failed, or null.</summary>
    public required SimulationRun? Failed { get; init; }

    public required TimeSpan Elapsed { get; init; }
}
