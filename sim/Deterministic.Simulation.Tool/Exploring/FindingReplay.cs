using Deterministic.Faults;
using Deterministic.Simulation.Replaying;

namespace Deterministic.Simulation.Tool;

/// <summary>The replay of a finding, made before it is reported.</summary>
/// <param name="Seed">Its seed.</param>
/// <param name="Again">The replay, with its events.</param>
/// <param name="Doubts">If the replay did not fail in the same way: a message and the first event that differs. Otherwise empty.</param>
internal sealed record FindingReplay(ulong Seed, SimulationRun Again, IReadOnlyList<string> Doubts)
{
    /// <summary>Replays a run; if the replay does not fail in the same way the run is made a third time, to show where the runs differ.</summary>
    public static FindingReplay Of(Scenario scenario, FaultProfile faults, SeedRun found)
    {
        SimulationOptions options = new() { Faults = faults };
        options = options with
        {
            KeepTrace = true,
            ExplainWaits = false,
            Limits = options.Limits with { EscapeGrace = TimeSpan.Zero },
        };
        CheckedRun recorded = new(found.Trace, found.Tape!.Choices.Count, found.Finding);
        SimulationRun again = SimulationRunner.Replay(scenario, found.Tape, options).Run;
        if (ReplayCheck.Compare(recorded, CheckedRun.Of(again)) is not { } difference)
        {
            return new FindingReplay(found.Seed, again, []);
        }

        if (!found.Trace.KeepsEvents)
        {
            SimulationRun third = SimulationRunner.Run(scenario, found.Seed, options);
            difference = ReplayCheck.Compare(CheckedRun.Of(third), CheckedRun.Of(again)) ?? difference;
        }

        return new FindingReplay(found.Seed, again, [.. difference.Lines("replayed at once")]);
    }
}
