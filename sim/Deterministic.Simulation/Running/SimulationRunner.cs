namespace Deterministic.Simulation;

/// <summary>Runs scenarios in simulated worlds, from seeds and from tapes. Each run is on the caller's thread; runs on different threads do not meet.</summary>
public static class SimulationRunner
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
            options = options with { Faults = options.Faults with { CalmTime = TapedFaults.CalmTimeOf(header) } };
        }

        if (!TapedFaults.IsSame(header, options.Faults))
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
        SimulatedScenarioWorld view = new(world);
        using TaskWatch? watch = options.WatchTasks ? new TaskWatch() : null;
        (RunResult result, Exception? cause, Finding? finding) = Play(scenario, view, options.Limits);
        if (options.ExplainWaits && finding is not null && RunVerdict.IsAboutWaiting(finding))
        {
            finding = Explain(scenario, world, finding, options);
        }
        else if (finding is null && watch?.Find() is { } unobserved)
        {
            finding = new Finding(BuiltInProperties.NoUnobservedFailure, world.Scheduler.Now, unobserved);
        }

        SimulationRun run = new()
        {
            Scenario = scenario.Name,
            Seed = seed,
            Finding = finding,
            Tape = RunTape.Record(scenario.Name, seed, world, finding),
            Trace = world.Trace,
            Sightings = view.Sightings,
            VirtualTime = world.Scheduler.Now,
            Steps = result.Steps,
            Cause = cause,
            Failure = finding is null ? null : FailurePoint.Of(world, finding, cause),
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

    private static (RunResult Result, Exception? Cause, Finding? Finding) Play(
        Scenario scenario,
        SimulatedScenarioWorld view,
        RunLimits limits
    )
    {
        foreach (string property in scenario.Reachable)
        {
            view.Sightings.Add(property, seen: false);
        }

        Task? main = null;
        SimulatedWorld world = view.World;
        world.Scheduler.Context.Post(_ => main = scenario.RunAsync(view), null);
        RunResult result = world.Scheduler.RunMain(
            () => view.Finding is not null || main is { IsCompleted: true },
            () => main,
            limits
        );
        Exception? cause = view.Finding is null ? result.Exception ?? FailureOf(main) : null;
        return (result, cause, view.Finding ?? RunVerdict.Of(result, cause, world));
    }

    /// <summary>Makes the run again, listening this time.</summary>
    private static Finding Explain(Scenario scenario, SimulatedWorld world, Finding finding, SimulationOptions options)
    {
        SimulatedWorld again = new(world.Replayed(), options.Faults);
        RunLimits limits = options.Limits with { ExplainWaits = true, EscapeGrace = TimeSpan.Zero };
        (RunResult result, _, _) = Play(scenario, new SimulatedScenarioWorld(again), limits);
        return RunVerdict.Explained(finding, world.Trace.Hash, again.Trace.Hash, result.Waiters);
    }

    private static Exception? FailureOf(Task? main) =>
        main switch
        {
            { IsCanceled: true } => new TaskCanceledException(main),
            { Exception.InnerException: { } error } => error,
            _ => null,
        };

    private static FaultProfile KnownProfile(TapeHeader header) =>
        RunTape.FindFaults(header)
        ?? throw new ArgumentException(
            $"The tape's fault profile '{header.Faults}' is not known here: pass it in the options.",
            nameof(header)
        );
}
