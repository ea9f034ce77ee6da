namespace Deterministic.Simulation;

/// <summary>What became of a replay.</summary>
/// <param name="Run">The run itself.</param>
/// <param name="EndedAlike">Whether trace and finding are those that the tape was recorded with.</param>
/// <param name="TapeUsedUp">Whether every decision of the tape was asked for.</param>
public sealed record ReplayedRun(SimulationRun Run, bool EndedAlike, bool TapeUsedUp);
