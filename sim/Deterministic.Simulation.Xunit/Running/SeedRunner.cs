using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Simulation.Replaying;

namespace Deterministic.Simulation.Xunit;

/// <summary>Runs a test once, in a world of its own; a run that failed is made once more, to see whether it fails alike.</summary>
/// <param name="plan">What is run.</param>
/// <param name="createLife">Makes a new instance's life for each run.</param>
/// <param name="createSilentLife">The same, for a run whose output nobody wants to read again.</param>
internal sealed class SeedRunner(SimulationPlan plan, Func<TestLife> createLife, Func<TestLife> createSilentLife)
{
    /// <summary>As for scenarios, but more patient with a thread pool that is slow to show an escape: a test that fails does so only once.</summary>
    private static readonly RunLimits Limits = new SimulationOptions().Limits with
    {
        EscapeGrace = TimeSpan.FromSeconds(1),
    };

    private FaultProfile? _faults;

    /// <summary>The plan's, with the time that the test takes without faults where that counts: found out by a run of its own.</summary>
    private FaultProfile Faults =>
        _faults ??= plan.Faults.LacksCalmTime ? plan.Faults with { CalmTime = MeasureCalmTime() } : plan.Faults;

    /// <summary>How a seed, or the plan's tape, failed; null if it did not. A replay fails as well if it does not end as its tape was recorded.</summary>
    public SeedFailure? Run(ulong seed)
    {
        ReplayStrategy? replay = plan.Tape is null ? null : new ReplayStrategy(plan.Tape);
        ChoiceSource choices = new(replay ?? (ChoiceStrategy)new RandomStrategy(seed));
        TestLife life = createLife();
        SeedRun run = SeedRun.Play(life, new SimulatedWorld(choices, Faults, keepTrace: true), Limits);
        bool asRecorded =
            plan.Tape is null || (replay!.IsUsedUp && RunTape.EndedAlike(plan.Tape, run.World, run.Finding));
        return run.Finding is null && asRecorded ? null : Explain(run, seed, asRecorded, life.Folder);
    }

    private TimeSpan MeasureCalmTime() =>
        SeedRun
            .Play(
                createSilentLife(),
                new SimulatedWorld(seed: 0, FaultProfiles.Calm),
                Limits with
                {
                    EscapeGrace = TimeSpan.Zero,
                }
            )
            .Result.Now;

    /// <summary>Makes the run once more, listening if it did not end, to say who waited for what.</summary>
    private SeedFailure Explain(SeedRun run, ulong seed, bool asRecorded, string folder)
    {
        bool listens = run.Finding is { } found && RunVerdict.IsAboutWaiting(found);
        ChoiceSource decisions = plan.Tape is { } tape
            ? new ChoiceSource(new ReplayStrategy(tape))
            : run.World.Replayed();
        SeedRun again = SeedRun.Play(
            createSilentLife(),
            new SimulatedWorld(decisions, Faults, keepTrace: true),
            Limits with
            {
                ExplainWaits = listens,
                EscapeGrace = TimeSpan.Zero,
            }
        );
        ReplayCheck? difference = ReplayCheck.Compare(run.Compared, again.Compared);
        Finding? finding =
            listens && difference is null
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
