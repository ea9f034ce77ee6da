namespace Deterministic.Simulation.Tool;

/// <summary>
/// Runs of one search, on any thread. Before a run reports a deadlock it waits in real time for a thread outside the simulation, which may be the cause
/// (<see cref="RunLimits.EscapeGrace"/>); a search does that only for the first such run, since a program that uses such threads does so in its other runs too.
/// </summary>
internal sealed class SeedSearch(SimulationOptions options)
{
    private readonly SimulationOptions _withoutGrace = options with
    {
        Limits = options.Limits with { EscapeGrace = TimeSpan.Zero },
    };

    private volatile SimulationOptions _options = options;

    /// <summary>The options of the next run.</summary>
    public SimulationOptions Options => _options;

    public SimulationRun Run(Scenario scenario, ulong seed, PacketCapture? capture = null)
    {
        SimulationOptions now = _options;
        SimulationRun run = SimulationRunner.Run(
            scenario,
            seed,
            capture is null ? now : now with { Capture = capture }
        );
        if (run.Finding is { } finding && RunVerdict.IsAboutWaiting(finding))
        {
            _options = _withoutGrace;
        }

        return run;
    }
}
