namespace Deterministic.Simulation.Tool;

/// <summary>What became of a determinism check.</summary>
internal sealed record Checked
{
    /// <summary>How many seeds were checked; fewer than asked for after an interruption.</summary>
    public required int Seeds { get; init; }

    /// <summary>Those whose runs differ, in order.</summary>
    public required IReadOnlyList<ulong> Differing { get; init; }

    public required TimeSpan Elapsed { get; init; }
}
