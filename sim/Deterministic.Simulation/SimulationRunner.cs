using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Simulation.Recording;

namespace Deterministic.Simulation;

/// <summary>Runs scenarios in simulated worlds, from seeds and from tapes. Each run is on the caller's thread; runs on different threads do not meet.</summary>
public static partial class SimulationRunner
{
    /// <summary>Runs a scenario with the decisions that a seed makes.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="seed">The same seed makes the same run, in every process and on every machine.</param>
    /// <param name="options">How; the defaults if null.</param>
    public static SimulationRun Run(Scenario scenario, ulong seed, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        options ??= new SimulationOptions();
        return Run(scenario, seed, new ChoiceSource(new RandomStrategy(seed)), options);
    }

    /// <summary>Runs a scenario with the decisions of a strategy of the caller's.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="strategy">Who decides. It serves one run.</param>
    /// <param name="options">How; the defaults if null.</param>
    public static SimulationRun Run(Scenario scenario, ChoiceStrategy strategy, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return Run(scenario, seed: 0, new ChoiceSource(strategy), options ?? new SimulationOptions());
    }

    /// <summary>Runs a scenario again with the decisions of a tape.</summary>
    /// <param name="scenario">The scenario of the tape's header.</param>
    /// <param name="tape">The decisions.</param>
    /// <param name="options">How; its fault profile must be the one of the tape's header, rules included, which is what null takes.</param>
    /// <exception cref="ArgumentException">The tape is of another scenario or fault profile, or its profile is not known here.</exception>
    /// <exception cref="FormatException">The rules of the tape's profile are none that are known here.</exception>
    public static ReplayedRun Replay(Scenario scenario, Tape tape, SimulationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(tape);
        TapeHeader header = tape.Header;
        if (!string.Equals(header.Scenario, scenario.Name, StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The tape is of the scenario '{header.Scenario}', not '{scenario.Name}'.",
                nameof(tape)
            );
        }

        options ??= new SimulationOptions { Faults = KnownProfile(header) };
        if (!string.Equals(header.Faults, options.Faults.Name, StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The tape was recorded with the faults '{header.Faults}', not '{options.Faults.Name}'.",
                nameof(options)
            );
        }

        if (options.Faults.LacksCalmTime)
        {
            options = options with { Faults = options.Faults with { CalmTime = TapeFaultOptions.CalmTimeOf(header) } };
        }

        if (!TapeFaultOptions.IsSame(header, options.Faults))
        {
            throw new ArgumentException(
                $"The tape was recorded with a profile '{header.Faults}' of other rules than that of the options: leave it to the tape, with options of null.",
                nameof(options)
            );
        }

        ReplayStrategy strategy = new(tape);
        (SimulationRun run, SimulatedWorld world) = RunIn(scenario, header.Seed, new ChoiceSource(strategy), options);
        return new ReplayedRun(run, RunTape.EndedAlike(tape, world, run.Finding), strategy.IsUsedUp);
    }

    private static SimulationRun Run(Scenario scenario, ulong seed, ChoiceSource choices, SimulationOptions options) =>
        RunIn(scenario, seed, choices, options).Run;

    private static (SimulationRun Run, SimulatedWorld World) RunIn(
        Scenario scenario,
        ulong seed,
        ChoiceSource choices,
        SimulationOptions options
    )
    {
        options = WithCalmTime(scenario, options);
        SimulatedWorld world = new(choices, options.Faults, options.KeepTrace) { Capture = options.Capture };
        RunLimits limits = options.Limits with { WatchTasks = options.WatchTasks && options.Limits.WatchTasks };
        RunResult result = Play(scenario, world, limits);
        Finding? finding = result.Finding;
        if (options.ExplainWaits && finding is { IsAboutWaiting: true })
        {
            finding = Explain(scenario, world, finding, options);
        }

        SimulationRun run = new()
        {
            Scenario = scenario.Name,
            Seed = seed,
            Finding = finding,
            Tape = RunTape.Record(scenario.Name, seed, world, finding),
            Trace = world.Trace,
            SometimesResults = world.SometimesResults,
            VirtualTime = world.Scheduler.Now,
            Steps = result.Steps,
            Cause = finding?.Error,
            Failure = finding is null ? null : world.PointOf(finding, finding.Error),
        };
        return (run, world);
    }

    private static SimulationOptions WithCalmTime(Scenario scenario, SimulationOptions options) =>
        options.Faults.LacksCalmTime
            ? options with
            {
                Faults = options.Faults with { CalmTime = CalmTimes.Of(scenario, options.Limits) },
            }
            : options;

    private static RunResult Play(Scenario scenario, SimulatedWorld world, RunLimits limits)
    {
        foreach (string property in scenario.Reachable)
        {
            world.SometimesResults.Add(property, seen: false);
        }

        return world.Run(() => scenario.RunAsync(world), limits);
    }

    /// <summary>Makes the run again, listening this time.</summary>
    private static Finding Explain(Scenario scenario, SimulatedWorld world, Finding finding, SimulationOptions options)
    {
        SimulatedWorld again = new(world.Replayed(), options.Faults);
        RunLimits limits = options.Limits with { ExplainWaits = true, EscapeGrace = TimeSpan.Zero, WatchTasks = false };
        RunResult result = Play(scenario, again, limits);
        return RunVerdict.Explained(
            finding,
            world.Trace.Hash,
            again.Trace.Hash,
            result.Finding?.Waiters ?? result.Waiters
        );
    }

    private static FaultProfile KnownProfile(TapeHeader header) =>
        RunTape.FindFaults(header)
        ?? throw new ArgumentException(
            $"The tape's fault profile '{header.Faults}' is not known here: pass it in the options.",
            nameof(header)
        );
}
