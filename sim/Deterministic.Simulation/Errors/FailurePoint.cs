namespace Deterministic.Simulation.Errors;

/// <summary>Where in a run something went wrong. What comes after it in the trace is its consequence: the program cleans up, and its hosts close their connections.</summary>
/// <param name="Time">In virtual time, since the start of the simulation.</param>
/// <param name="Host">The host of the code that ran; <c>main</c> for the test or the scenario itself.</param>
/// <param name="Events">How many events the trace had by then.</param>
internal sealed record FailurePoint(TimeSpan Time, string Host, long Events);
