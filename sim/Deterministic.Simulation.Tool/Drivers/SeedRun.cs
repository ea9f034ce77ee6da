using Deterministic.Exploration;

namespace Deterministic.Simulation.Tool;

/// <summary>The result of one run, in any world.</summary>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Finding">The property that did not hold, or null.</param>
/// <param name="Time">How long it took, in the time of its world.</param>
/// <param name="Trace">The events.</param>
/// <param name="SometimesResults">The properties that must hold in some run, and whether each did in this one.</param>
/// <param name="Tape">Its decisions; null if the driver does not control them.</param>
internal sealed record SeedRun(
    ulong Seed,
    Finding? Finding,
    TimeSpan Time,
    Trace Trace,
    SometimesResults SometimesResults,
    Tape? Tape
);
