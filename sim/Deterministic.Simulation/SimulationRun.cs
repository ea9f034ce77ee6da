using Deterministic.Exploration;
using Deterministic.Simulation.Errors;

namespace Deterministic.Simulation;

/// <summary>What became of one run.</summary>
public sealed record SimulationRun
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The seed; 0 where a tape was replayed that no seed made.</summary>
    public required ulong Seed { get; init; }

    /// <summary>What did not hold, or null.</summary>
    public required Finding? Finding { get; init; }

    /// <summary>Every decision of the run: enough to repeat it.</summary>
    public required Tape Tape { get; init; }

    /// <summary>What happened.</summary>
    public required Trace Trace { get; init; }

    /// <summary>What must happen in some run, and whether it did in this one.</summary>
    public required SometimesResults SometimesResults { get; init; }

    /// <summary>Virtual time that passed.</summary>
    public required TimeSpan VirtualTime { get; init; }

    /// <summary>How many items the scheduler ran.</summary>
    public required long Steps { get; init; }

    /// <summary>What was thrown, if it is that.</summary>
    internal Exception? Cause { get; init; }

    /// <summary>Where it went wrong; null if nothing did.</summary>
    internal FailurePoint? Failure { get; init; }
}
