using System.Globalization;

namespace Deterministic.Simulation;

/// <summary>Runs scenarios in simulated worlds, from seeds and from tapes. Each run is on the caller's thread; runs on different threads do not meet.</summary>
public static class SimulationRunner
{
    /// <summary>The option of a recorded tape that holds the hash of the run's trace, in hexadecimal.</summary>
    public const string TraceHashOption = "trace-hash";

    /// <summary>The option of a recorded tape that holds the property that did not hold; absent if all held.</summary>
    public const string FindingOption = "finding";

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
    /// <param name="options">How; its fault profile must be the one of the tape's header, which is what null takes.</param>
    /// <exception cref="ArgumentException">The tape is of another scenario or fault profile, or its profile is not known here.</exception>
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

        options ??= new SimulationOptions { Faults = KnownProfile(header.Faults) };
        if (!string.Equals(header.Faults, options.Faults.Name, StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The tape was recorded with the faults '{header.Faults}', not '{options.Faults.Name}'.",
                nameof(options)
            );
        }

        ReplayStrategy strategy = new(tape);
        SimulationRun run = Run(scenario, header.Seed, new ChoiceSource(strategy), options);
        return new ReplayedRun(run, EndedAlike: Like(tape, run), strategy.IsUsedUp);
    }

    private static SimulationRun Run(Scenario scenario, ulong seed, ChoiceSource choices, SimulationOptions options)
    {
        SimulatedWorld world = new(choices, options.Faults, options.KeepTrace);
        SimulatedScenarioWorld view = new(world);
        Task? main = null;
        world.Scheduler.Context.Post(_ => main = scenario.RunAsync(view), null);
        RunResult result = world.Scheduler.RunUntil(
            () => view.Finding is not null || main is { IsCompleted: true },
            options.Limits
        );
        Finding? finding = view.Finding ?? Judge(result, main);
        return new SimulationRun
        {
            Scenario = scenario.Name,
            Seed = seed,
            Finding = finding,
            Tape = Record(scenario, seed, options, choices, world.Trace, finding),
            Trace = world.Trace,
            VirtualTime = world.Scheduler.Now,
            Steps = result.Steps,
        };
    }

    private static Finding? Judge(RunResult result, Task? main) =>
        result.Outcome switch
        {
            RunOutcome.Completed => Judge(main!, result.Now),
            RunOutcome.Deadlocked => new(
                BuiltInProperties.NoDeadlock,
                result.Now,
                "The scenario has not ended, yet nothing can run and no timer is pending: somebody waits for what will never come."
            ),
            RunOutcome.StepLimitReached => new(
                BuiltInProperties.NoLivelock,
                result.Now,
                $"No end after {result.Steps} steps."
            ),
            RunOutcome.TimeLimitReached => new(
                BuiltInProperties.EndsInTime,
                result.Now,
                $"No end after {result.Now:c} of virtual time."
            ),
            RunOutcome.Escaped => new(BuiltInProperties.NothingEscapes, result.Now, result.Exception!.Message),
            RunOutcome.Diverged => new(BuiltInProperties.TapeFits, result.Now, result.Exception!.Message),
            _ => new(BuiltInProperties.NoException, result.Now, Describe(result.Exception!)),
        };

    private static Finding? Judge(Task main, TimeSpan now) =>
        main switch
        {
            { IsCanceled: true } => new(BuiltInProperties.NoException, now, "The scenario was cancelled."),
            { Exception.InnerException: { } error } => new(BuiltInProperties.NoException, now, Describe(error)),
            _ => null,
        };

    private static string Describe(Exception error) => $"{error.GetType().Name}: {error.Message}";

    /// <summary>The tape also keeps how the run ended, so that a replay can tell whether it ended alike.</summary>
    private static Tape Record(
        Scenario scenario,
        ulong seed,
        SimulationOptions options,
        ChoiceSource choices,
        Trace trace,
        Finding? finding
    )
    {
        Dictionary<string, string> outcome = new(StringComparer.Ordinal) { [TraceHashOption] = HashText(trace) };
        if (finding is not null)
        {
            outcome[FindingOption] = finding.Property;
        }

        TapeHeader header = new()
        {
            Scenario = scenario.Name,
            Faults = options.Faults.Name,
            Seed = seed,
            Options = outcome,
        };
        return new Tape(header, choices.Recorded);
    }

    private static bool Like(Tape tape, SimulationRun run) =>
        string.Equals(
            tape.Header.Options.GetValueOrDefault(TraceHashOption),
            HashText(run.Trace),
            StringComparison.Ordinal
        )
        && string.Equals(
            tape.Header.Options.GetValueOrDefault(FindingOption),
            run.Finding?.Property,
            StringComparison.Ordinal
        );

    private static string HashText(Trace trace) => trace.Hash.ToString("x16", CultureInfo.InvariantCulture);

    private static FaultProfile KnownProfile(string name) =>
        FaultProfiles.Find(name)
        ?? throw new ArgumentException(
            $"The tape's fault profile '{name}' is not known here: pass it in the options.",
            nameof(name)
        );
}
