using System.Globalization;

namespace Deterministic.Simulation.Replaying;

/// <summary>What two runs of the same decisions must have in common.</summary>
/// <param name="Trace">What happened.</param>
/// <param name="Choices">How many decisions were taken.</param>
/// <param name="Finding">What did not hold, or null.</param>
internal sealed record CheckedRun(Trace Trace, long Choices, Finding? Finding)
{
    public static CheckedRun Of(SimulatedWorld world, Finding? finding) =>
        new(world.Trace, world.Choices.Count, finding);

    public static CheckedRun Of(SimulationRun run) => new(run.Trace, run.Tape.Choices.Count, run.Finding);

    /// <summary>What was found, in its lines; empty if nothing was.</summary>
    public string[] DetailLines => Finding?.Detail.ReplaceLineEndings("\n").Split('\n') ?? [];

    /// <summary>How it ended, in one line.</summary>
    public string Signature
    {
        get
        {
            string how = Finding is null
                ? "passed"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Finding.Property} at {Finding.Time.TotalSeconds:0.#######} s: {DetailLines[0]}"
                );
            return string.Create(CultureInfo.InvariantCulture, $"{how} ({Trace.Count} events, {Choices} decisions)");
        }
    }
}
