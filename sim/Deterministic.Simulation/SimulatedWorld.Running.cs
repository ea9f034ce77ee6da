using Deterministic.Simulation.Errors;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <content>How a program runs in it.</content>
public sealed partial class SimulatedWorld
{
    /// <summary>The owner of the code of the scenario or the test.</summary>
    internal const string MainHost = "main";

    private Task? _main;

    /// <summary>The seed of its decisions, also where they are replayed from a tape; null if no seed made them.</summary>
    public ulong? Seed => Choices.Seed;

    /// <summary>Runs a program in this world until it ends, or until a property is found not to hold.</summary>
    /// <remarks>
    /// <para>
    /// <see cref="RunOutcome.Completed"/> says that the program has ended without an exception, that all that it has stated held, and that nothing it has started has failed unseen:
    /// no handler of a server, nor a task that is not awaited. See <see cref="ScenarioWorld.ReportsLostConnections"/> and <see cref="ScenarioWorld.ExpectUnhandled(Func{Exception, bool})"/>.
    /// </para>
    /// <para>
    /// When the program has ended well, what is ready at that instant still runs, within the limits, before the result is known. Handlers and tasks that then still wait for time or for the
    /// network are not judged. Await them in the program: through a <see cref="TaskCompletionSource"/> that they complete, or by reading the peer's stream to its end;
    /// <see cref="StreamServer.CloseAsync"/> waits for connections, not for handlers.
    /// </para>
    /// </remarks>
    /// <param name="program">Starts it; its continuations run on the simulator's thread.</param>
    /// <param name="limits">Where to give up; <see cref="RunLimits.Default"/> if null.</param>
    /// <returns>How it ended: what the program throws is in the result.</returns>
    /// <exception cref="InvalidOperationException">Called from inside a run.</exception>
    public RunResult Run(Func<Task> program, RunLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        return RunProgram(program, limits ?? RunLimits.Default, hasFailed: static () => false);
    }

    /// <summary>As <see cref="Run"/>, for a program that keeps its exceptions to itself.</summary>
    /// <param name="program">Starts it.</param>
    /// <param name="limits">Where to give up.</param>
    /// <param name="hasFailed">Whether it has kept one, once its task is complete.</param>
    internal RunResult RunProgram(Func<Task> program, RunLimits limits, Func<bool> hasFailed)
    {
        if (!Scheduler.RunsHere)
        {
            Finding = null;
        }

        using TaskWatch? watch = limits.WatchTasks
            ? new TaskWatch(
                error => ReportsLostConnections || !LostConnections.Is(error),
                () => (Scheduler.Now, HostHere)
            )
            : null;
        RunResult result = Scheduler.RunAndSettle(() => _main = program(), limits, hasFailed) with
        {
            Seed = Seed,
            Faults = Faults,
        };
        _main = null;
        if (SimulatorErrors.Classify(result.Exception) is SimulatorException broken)
        {
            result = result with { Outcome = RunOutcome.SimulatorFailed, Exception = broken };
        }

        Finding ??=
            RunVerdict.Of(result, result.Exception, this)
            ?? (watch is { HasThrown: true } ? FindUnobserved(watch, limits) : null);
        return Finding is null ? result
            : result.Outcome == RunOutcome.Completed
                ? result with
                {
                    Outcome = Finding.Error switch
                    {
                        SimulatorException => RunOutcome.SimulatorFailed,
                        SimulationEscapeException => RunOutcome.Escaped,
                        _ => RunOutcome.Faulted,
                    },
                    Exception = Finding.Error,
                    Owner = Finding.Host,
                    Finding = Finding,
                }
            : result with { Finding = Finding, Waiters = Finding.Waiters };
    }

    /// <summary>What failed in a task that was not observed. Finalizers and filters of the program run here, which may fail themselves.</summary>
    private Finding? FindUnobserved(TaskWatch watch, RunLimits limits)
    {
        // The wait for the finalizers is the simulator's own, and as long as the machine makes it.
        RunLimits untilCollected = limits with
        {
            BlockingGrace = Timeout.InfiniteTimeSpan,
        };
        using (Scheduler.WatchAfterRun("A finalizer", untilCollected))
        {
            TaskWatch.Collect();
        }

        Finding? found = null;
        Exception? thrown = null;
        using (Scheduler.WatchAfterRun("A filter passed to ExpectUnhandled", limits))
        {
            try
            {
                found = watch.Find(IsFailure) is var (error, time, host)
                    ? Unhandled(BuiltInProperties.NoUnobservedFailure, error, host, time)
                    : null;
            }
            catch (Exception error)
            {
                thrown = error;
            }
        }

        return Scheduler.Escape is { } escape
                ? new Finding(BuiltInProperties.NothingEscapes, Elapsed, escape.Message) { Error = escape }
            : thrown is not null ? Unhandled(BuiltInProperties.NoException, thrown, MainHost, Elapsed)
            : found;
    }
}
