namespace Deterministic.Simulation.Tests;

/// <summary>One read of a script, as far as the kind of end that plays it can express it.</summary>
/// <param name="Count">At most so many bytes; 0 only waits for some.</param>
/// <param name="Patience">After so long it is cancelled; null never.</param>
/// <param name="LooksAtAll">Whether a pipe examines all that it was given, or no more than it takes.</param>
public sealed record ReadStep(int Count, TimeSpan? Patience, bool LooksAtAll);
