namespace Deterministic.Simulation;

/// <content>How a program runs in it.</content>
public sealed partial class SimulatedWorld
{
    /// <summary>Whose the code of the scenario or the test is.</summary>
    internal const string MainHost = "main";

    private Task? _main;

    /// <summary>The seed of its decisions; null if they come from elsewhere, such as a tape.</summary>
    public ulong? Seed => Choices.Seed;

    /// <summary>Runs a program in this world until it ends, or until a property is found not to hold.</summary>
    /// <remarks>
    /// <see cref="RunOutcome.Completed"/> says that the program has ended without an exception, that all that it has stated held, and that nothing it has started has failed unseen:
    /// no handler of a server, nor a task that nobody awaits. See <see cref="ScenarioWorld.ReportsLostConnections"/> and <see cref="ScenarioWorld.ExpectUnhandled(Func{Exception, bool})"/>.
    /// </remarks>
    /// <param name="program">Starts it; its continuations run on the simulator's thread.</param>
    /// <param name="limits">Where to give up; <see cref="RunLimits.Default"/> if null.</param>
    /// <returns>How it ended: what the program throws is in the result.</returns>
    /// <exception cref="InvalidOperationException">Called from inside a run.</exception>
    public RunResult Run(Func<Task> program, RunLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        limits ??= RunLimits.Default;
        if (!Scheduler.RunsHere)
        {
            Finding = null;
        }

        using TaskWatch? watch = limits.WatchTasks ? new TaskWatch(this) : null;
        RunResult result = Scheduler.Run(() => _main = program(), limits) with { Seed = Seed, Faults = Faults };
        _main = null;
        if (SimulatorErrors.Classify(result.Exception) is SimulatorException broken)
        {
            result = result with { Outcome = RunOutcome.SimulatorFailed, Exception = broken };
        }

        Finding ??= RunVerdict.Of(result, result.Exception, this) ?? watch?.Find();
        return Finding is null ? result
            : result.Outcome == RunOutcome.Completed
                ? result with
                {
                    Outcome = Finding.Error is SimulatorException ? RunOutcome.SimulatorFailed : RunOutcome.Faulted,
                    Exception = Finding.Error,
                    Owner = Finding.Host,
                    Finding = Finding,
                }
            : result with { Finding = Finding, Waiters = Finding.Waiters };
    }
}
