using Deterministic.Exploration;

namespace Deterministic.Simulation.Tool;

/// <summary>What became of one run, in whichever world.</summary>
/// <param name="Seed">What it was run with.</param>
/// <param name="Finding">What did not hold, or null.</param>
/// <param name="Time">How long it took in the time of its world.</param>
/// <param name="Trace">What happened.</param>
/// <param name="SometimesResults">What must happen in some run, and whether it did in this one.</param>
/// <param name="Tape">Its decisions; null where they are not the driver's to make.</param>
internal sealed record SeedRun(
    ulong Seed,
    Finding? Finding,
    TimeSpan Time,
    Trace Trace,
    SometimesResults SometimesResults,
    Tape? Tape
);
