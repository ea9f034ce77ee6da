namespace Deterministic.Simulation.Disruptions;

/// <summary>One thing that a timed fault does to the world, and how it is undone.</summary>
/// <param name="Begin">When it is done, counted from the moment at which the fault strikes.</param>
/// <param name="End">When it is undone; null if not before the fault ends.</param>
/// <param name="Do">Does it.</param>
/// <param name="Undo">Undoes it; null for what stays, such as a clock that was set.</param>
internal sealed record DisruptionStep(TimeSpan Begin, TimeSpan? End, Action Do, Action? Undo);
