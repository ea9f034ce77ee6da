using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Simulation.Replaying;

namespace Deterministic.Simulation.Xunit;

/// <summary>Runs a test once, in a new world; a failed run is repeated, to check that it fails in the same way.</summary>
/// <param name="plan">The plan.</param>
/// <param name="createInstance">Creates a new instance for each run.</param>
/// <param name="createSilentInstance">The same, for a run whose output is dropped.</param>
internal sealed class SeedRunner(
    SimulationPlan plan,
    Func<TestInstance> createInstance,
    Func<TestInstance> createSilentInstance
)
{
    /// <summary>As for scenarios, but with more time for a slow thread pool to reveal an escape: a test stops at its first failure, so this is waited for only once.</summary>
    private static readonly RunLimits Limits = new SimulationOptions().Limits with
    {
        EscapeGrace = TimeSpan.FromSeconds(1),
    };

    private FaultProfile? _faults;

    /// <summary>The plan's faults, with the time that the test takes without faults if they depend on it: measured by a separate run.</summary>
    private FaultProfile Faults =>
        _faults ??= plan.Faults.LacksCalmTime ? plan.Faults with { CalmTime = MeasureCalmTime() } : plan.Faults;

    /// <summary>The failure of a seed, or of the plan's tape; null if it passed. A replay also fails if its result differs from the recorded one.</summary>
    public SeedFailure? Run(ulong seed)
    {
        ReplayStrategy? replay = plan.Tape is null ? null : new ReplayStrategy(plan.Tape);
        ChoiceSource choices = new(replay ?? (ChoiceStrategy)new RandomStrategy(seed));
        TestInstance instance = createInstance();
        SeedRun run = SeedRun.Play(instance, new SimulatedWorld(choices, Faults, keepTrace: true), Limits);
        bool asRecorded =
            plan.Tape is null || (replay!.IsUsedUp && RunTape.EndedAlike(plan.Tape, run.World, run.Finding));
        return run.Finding is null && asRecorded ? null : Explain(run, seed, asRecorded, instance.Folder);
    }

    private TimeSpan MeasureCalmTime() =>
        SeedRun
            .Play(
                createSilentInstance(),
                new SimulatedWorld(seed: 0, FaultProfiles.Calm),
                Limits with
                {
                    EscapeGrace = TimeSpan.Zero,
                }
            )
            .Result.Now;

    /// <summary>Repeats the run; if it did not end, with a listener that finds the waiters.</summary>
    private SeedFailure Explain(SeedRun run, ulong seed, bool asRecorded, string folder)
    {
        bool explainsWaits = run.Finding is { } found && RunVerdict.IsAboutWaiting(found);
        ChoiceSource decisions = plan.Tape is { } tape
            ? new ChoiceSource(new ReplayStrategy(tape))
            : run.World.Replayed();
        SeedRun again = SeedRun.Play(
            createSilentInstance(),
            new SimulatedWorld(decisions, Faults, keepTrace: true),
            Limits with
            {
                ExplainWaits = explainsWaits,
                EscapeGrace = TimeSpan.Zero,
            }
        );
        ReplayCheck? difference = ReplayCheck.Compare(run.Compared, again.Compared);
        Finding? finding =
            explainsWaits && difference is null
                ? run.Finding! with
                {
                    Waiters = again.Result.Finding?.Waiters ?? again.Result.Waiters,
                }
                : run.Finding;
        return new SeedFailure(plan, seed, run with { Finding = finding }, folder)
        {
            EndedAsRecorded = asRecorded,
            Difference = difference,
        };
    }
}
