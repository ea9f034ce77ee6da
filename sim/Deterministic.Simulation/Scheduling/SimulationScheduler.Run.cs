using Deterministic.Exploration;
using Deterministic.Simulation.Errors;

namespace Deterministic.Simulation.Scheduling;

public sealed partial class SimulationScheduler
{
    private RunState _state;
    private IWaitRecording? _recording;

    /// <summary>What ends the run before its next item, and its owner.</summary>
    private (Exception Error, string Owner)? _stopped;

    /// <summary>What runs; the default between two items.</summary>
    private ReadyItem _running;

    /// <summary>Whether the item that runs, or ran last, is one of the world and not of a program.</summary>
    private bool _runsWorldItem;

    /// <summary>What of the program was called after the last run; null during one.</summary>
    private volatile string? _afterRun;

    private enum RunState
    {
        Idle,
        Running,
    }

    /// <summary>Runs the main program, as an item of <see cref="Context"/>, until its task is complete.</summary>
    /// <remarks>Other items may be left over; a later run continues with them.</remarks>
    /// <param name="main">Starts the program.</param>
    /// <param name="limits">Where to give up; null for <see cref="RunLimits.Default"/>.</param>
    /// <returns>How it ended: whatever the program throws is in the result.</returns>
    /// <exception cref="InvalidOperationException">Called from inside a run.</exception>
    public RunResult Run(Func<Task> main, RunLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return RunProgram(main, limits ?? RunLimits.Default, settles: static () => false);
    }

    /// <summary>As <see cref="Run"/>; if the program ends well, what is ready at that instant runs as well, and what it makes ready. Time stands still.</summary>
    /// <param name="main">Starts the program.</param>
    /// <param name="limits">Where to give up.</param>
    /// <param name="hasFailed">Whether the program has failed though its task has not. Asked once the task is complete.</param>
    internal RunResult RunAndSettle(Func<Task> main, RunLimits limits, Func<bool> hasFailed) =>
        RunProgram(main, limits, () => !hasFailed());

    private RunResult RunProgram(Func<Task> main, RunLimits limits, Func<bool> settles)
    {
        Enter();
        Task? task = null;
        PostProgram(
            Context,
            _ => task = main() ?? throw new InvalidOperationException("The program returned null instead of a task."),
            state: null
        );
        var result = RunLoop(
            () => task is { IsCompleted: true } && (_ready.Count == 0 || !task.IsCompletedSuccessfully || !settles()),
            limits,
            () => task
        );
        return result.Outcome == RunOutcome.Completed && SimulatorErrors.Classify(FailureOf(task!)) is { } failure
            ? result with
            {
                Outcome = OutcomeOf(failure),
                Exception = failure,
            }
            : result;
    }

    /// <summary>Runs until a condition holds, which is asked before each item.</summary>
    /// <param name="isFinished">The condition; it must not change the world.</param>
    /// <param name="limits">Where to give up; null for <see cref="RunLimits.Default"/>.</param>
    /// <returns>How it ended: whatever a callback throws is in the result.</returns>
    /// <exception cref="InvalidOperationException">Called from inside a run.</exception>
    public RunResult RunUntil(Func<bool> isFinished, RunLimits? limits = null) =>
        RunMain(isFinished, main: null, limits ?? RunLimits.Default);

    /// <param name="isFinished">The condition; it must not change the world.</param>
    /// <param name="main">The task of the main program, once it has one: it may be all that waits. Null if there is none.</param>
    /// <param name="limits">Where to give up.</param>
    internal RunResult RunMain(Func<bool> isFinished, Func<Task?>? main, RunLimits limits)
    {
        ArgumentNullException.ThrowIfNull(isFinished);
        Enter();
        return RunLoop(isFinished, limits, main);
    }

    /// <summary>Ends the run before its next item, with this as its failure: for what must not be thrown on the stack of the program, which could swallow it. The first one counts.</summary>
    internal void Stop(Exception error, string owner) => _stopped ??= (error, owner);

    /// <summary>Who waits for what at this time; empty if nothing is recorded, see <see cref="RunLimits.ExplainWaits"/>.</summary>
    internal IReadOnlyList<Waiter> WaitersNow(Task? main) => _recording?.Explain(main) ?? [];

    private static Exception? FailureOf(Task task) =>
        task switch
        {
            { IsCanceled: true } => new TaskCanceledException(task),
            { Exception: { InnerExceptions: [var only] } } => only,
            _ => task.Exception,
        };

    private static RunOutcome OutcomeOf(Exception error) =>
        error is SimulatorException ? RunOutcome.SimulatorFailed : RunOutcome.Faulted;

    private void Enter()
    {
        if (_state == RunState.Running)
        {
            throw new InvalidOperationException(
                "The scheduler is running already: await instead of running it from inside."
            );
        }

        _guard.BindToCurrentThread();
        _state = RunState.Running;
        _stopped = null;
        _afterRun = null;
    }

    private RunResult RunLoop(Func<bool> isFinished, RunLimits limits, Func<Task?>? main)
    {
        var callerContext = SynchronizationContext.Current;
        // Null when the caller has suppressed its flow; then there is nothing that could be restored.
        var callerExecution = ExecutionContext.Capture();
        var firstStep = Steps;
        using IWaitRecording? recording = limits.ExplainWaits ? Inspector?.Record(this) : null;
        _recording = recording;
        try
        {
            var outcome = RunGuarded(isFinished, limits);
            if (outcome is RunOutcome.Deadlocked or RunOutcome.StepLimitReached or RunOutcome.TimeLimitReached)
            {
                _guard.AwaitEscape(limits.EscapeGrace);
                return Result(outcome, null, null) with { Waiters = WaitersNow(main?.Invoke()) };
            }

            return Result(outcome, null, null);
        }
        catch (Exception e)
        {
            var error = SimulatorErrors.Classify(e, _runsWorldItem);
            return Result(OutcomeOf(error), error, _running.Owner);
        }
        finally
        {
            if (callerExecution is not null)
            {
                ExecutionContext.Restore(callerExecution);
            }

            SynchronizationContext.SetSynchronizationContext(callerContext);
            _recording = null;
            _state = RunState.Idle;

            // A task that this kept alive would not be found to have failed unseen.
            _running = default;
        }

        // Once the run has left its tape or its thread, nothing else that it reports is reliable.
        RunResult Result(RunOutcome outcome, Exception? exception, string? who) =>
            (_guard.Escape, Choices.Failure, _stopped) switch
            {
                ({ } escape, _, _) => new(RunOutcome.Escaped, Steps - firstStep, Now, escape),
                (_, TapeDivergenceException divergence, _) => new(
                    RunOutcome.Diverged,
                    Steps - firstStep,
                    Now,
                    divergence
                ),
                (_, { } failure, _) => new(RunOutcome.Faulted, Steps - firstStep, Now, failure),
                (_, _, { } stopped) => new(RunOutcome.Faulted, Steps - firstStep, Now, stopped.Error, stopped.Owner),
                _ => new(outcome, Steps - firstStep, Now, exception, who),
            };
    }

    /// <summary>Runs the items where nothing of them leaves unseen.</summary>
    private RunOutcome RunGuarded(Func<bool> isFinished, RunLimits limits)
    {
        EscapeListener.Listen();
        var outerGuard = EscapeListener.Guard;
        var outerThrown = ThrownExceptions.Begin(Thrown);
        using var watch = ItemWatch.Begin(this, _guard, limits);
        FlowGuard.Enter(_guard);
        EscapeListener.Guard = _guard;
        try
        {
            return RunItems(isFinished, limits, ExecutionContext.Capture());
        }
        finally
        {
            EscapeListener.Guard = outerGuard;
            ThrownExceptions.Begin(outerThrown);
            FlowGuard.Leave();

            // What is still waited for here, in real time, is not the program's wait.
            SynchronizationContext.SetSynchronizationContext(null);
        }
    }

    private RunOutcome RunItems(Func<bool> isFinished, RunLimits limits, ExecutionContext? execution)
    {
        var lastStep = limits.Steps > long.MaxValue - Steps ? long.MaxValue : Steps + limits.Steps;
        var lastInstant = DueAfter(limits.VirtualTime);
        while (_guard.Escape is null && Choices.Failure is null && _stopped is null)
        {
            if (isFinished())
            {
                return RunOutcome.Completed;
            }

            if (_ready.Count == 0)
            {
                if (_timed.Count == 0 || (ForegroundCount == 0 && !AwaitsBackground()))
                {
                    return RunOutcome.Deadlocked;
                }

                if (_timed.MinDue > lastInstant)
                {
                    _now = lastInstant;
                    return RunOutcome.TimeLimitReached;
                }

                AdvanceToNextDue();
            }

            if (Steps == lastStep)
            {
                return RunOutcome.StepLimitReached;
            }

            Steps++;
            _running = default;
            var item = _ready.Take(Choices.Choose(ChoiceKind.Schedule, _ready.Count));
            _running = item;
            CurrentOwner = item.Owner;
            _runsWorldItem = item.Context is null;
            RunItem(item);
            if (execution is not null && !ReferenceEquals(ExecutionContext.Capture(), execution))
            {
                // An async local that one item sets must not reach the next, as on the thread pool.
                ExecutionContext.Restore(execution);
            }
        }

        return RunOutcome.Faulted;
    }

    /// <summary>The method that the present item runs or continues. For a thread that sees this one stay in that item; null if it can't be told.</summary>
    internal string? RunningMethodSeenFromOutside() => _afterRun ?? Inspector?.MethodOf(_running);

    /// <summary>Code of the program that is called after a run is held to the limits of an item, until the result is disposed of.</summary>
    /// <param name="what">What is called, for the message.</param>
    /// <param name="limits">Those of the run.</param>
    internal IDisposable? WatchAfterRun(string what, RunLimits limits)
    {
        _afterRun = what;
        CurrentOwner = MainOwner;
        return ItemWatch.Begin(this, _guard, limits);
    }

    /// <summary>Runs an item, unless its gate does not admit it.</summary>
    internal void RunItem(in ReadyItem item)
    {
        if (item.Gate is { } gate && !gate.Admits(item))
        {
            return;
        }

        if (!ReferenceEquals(SynchronizationContext.Current, item.Context))
        {
            SynchronizationContext.SetSynchronizationContext(item.Context);
        }

        if (item.Callback is { } callback)
        {
            callback(item.State);
            return;
        }

        var entry = (TimedEntry)item.State!;
        if (entry.Version != item.Version)
        {
            return;
        }

        var (tick, state) = (entry.Callback!, entry.State);
        if (entry.Pooled)
        {
            Release(entry);
        }

        tick(state);
    }
}
