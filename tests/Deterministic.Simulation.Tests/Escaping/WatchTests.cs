#pragma warning disable VSTHRD002, xUnit1031 // Waits that block are what is tested here.
namespace Deterministic.Simulation.Tests;

/// <summary>Threads, and waits that the program's context does not hear of.</summary>
public sealed class WatchTests
{
    /// <summary>Far more than the watch needs to see that nothing happens, and little enough to wait for in a test.</summary>
    private static readonly RunLimits Impatient = World.Limits with { BlockingGrace = TimeSpan.FromMilliseconds(300) };

    private readonly World _world = new();

    [Fact]
    public void A_wait_in_an_item_of_the_world_is_interrupted_and_named()
    {
        // Continued on the stack of the timer's tick, and so without a context that could refuse.
        RunResult result = _world.Scheduler.Run(
            async () =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), _world.Time).ConfigureAwait(false);
                new TaskCompletionSource().Task.Wait();
            },
            Impatient
        );
        EscapeOf(result).ShouldStartWith("Task.Wait blocks the simulator's only thread, in WatchTests.");
    }

    [Fact]
    public void Sleeping_in_real_time_is_interrupted_and_named()
    {
        RunResult result = _world.Scheduler.Run(
            () =>
            {
                Thread.Sleep(Timeout.Infinite);
                return Task.CompletedTask;
            },
            Impatient
        );
        EscapeOf(result).ShouldStartWith("Thread.Sleep blocks the simulator's only thread, in WatchTests.");
    }

    [Fact]
    public void An_interrupt_that_the_program_swallows_still_stops_the_run_and_strikes_nobody_else()
    {
        RunResult result = _world.Scheduler.Run(
            () =>
            {
                try
                {
                    Thread.Sleep(Timeout.Infinite);
                }
                catch (ThreadInterruptedException)
                {
                    // As a program might.
                }

                return Task.CompletedTask;
            },
            Impatient
        );
        EscapeOf(result).ShouldStartWith("Thread.Sleep");
        Thread.Sleep(1);
    }

    [Fact]
    public void A_refused_wait_that_the_program_swallows_still_stops_the_run()
    {
        RunResult result = _world.Run(() =>
        {
            Record.Exception(() => new TaskCompletionSource().Task.Wait()).ShouldBeOfType<SimulationEscapeException>();
            return Task.CompletedTask;
        });
        EscapeOf(result).ShouldStartWith("Task.Wait");
    }

    [Fact]
    public void A_lock_that_another_thread_of_the_process_holds_for_a_moment_is_waited_for()
    {
        object gate = new();
        using ManualResetEventSlim held = new();
        using ManualResetEventSlim wanted = new();
        Thread other = new(() =>
        {
            lock (gate)
            {
                held.Set();
                wanted.Wait();
            }
        });
        other.Start();
        held.Wait();
        _world.MustComplete(() =>
        {
            // The other one lets go when it sees this thread wait, or about to.
            Thread me = Thread.CurrentThread;
            Thread watcher = new(() =>
            {
                SpinWait.SpinUntil(() => me.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
                wanted.Set();
            });
            watcher.UnsafeStart();
            lock (gate)
            {
                return Task.CompletedTask;
            }
        });
        other.Join();
    }

    [Fact]
    public void A_wait_for_what_has_happened_already_does_not_block()
    {
        using ManualResetEvent happened = new(true);
        using ManualResetEvent never = new(false);
        _world.MustComplete(() =>
        {
            Task.CompletedTask.Wait();
            happened.WaitOne(0).ShouldBeTrue();
            never.WaitOne(0).ShouldBeFalse();
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void A_thread_that_the_program_starts_stops_the_run()
    {
        using ManualResetEventSlim begun = new();
        RunResult result = _world.Run(async () =>
        {
            Thread thread = new(begun.Set) { Name = "of the program" };
            thread.Start();
            // In real time, which passes for the thread alone: by then it has been seen.
            SpinWait.SpinUntil(() => begun.IsSet);
            await Task.Yield();
        });
        EscapeOf(result)
            .ShouldStartWith(
                "Code of the program that was passed to the thread 'of the program' runs outside the simulation."
            );
        ((SimulationEscapeException)result.Exception!).Cause.ShouldBe(EscapeCause.ForeignThread);
    }

    [Fact]
    public void A_task_on_a_thread_of_its_own_stops_the_run()
    {
        using ManualResetEventSlim begun = new();
        RunResult result = _world.Run(async () =>
        {
            _ = Task.Factory.StartNew(
                begun.Set,
                CancellationToken.None,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default
            );
            SpinWait.SpinUntil(() => begun.IsSet);
            await Task.Yield();
        });
        ((SimulationEscapeException)result.Exception!).Cause.ShouldBe(EscapeCause.ForeignThread);
    }

    [Fact]
    public void A_thread_from_before_the_run_may_go_on_beside_it()
    {
        using ManualResetEventSlim end = new();
        Thread other = new(end.Wait);
        other.Start();
        _world.MustComplete(() => Task.Delay(TimeSpan.FromSeconds(1), _world.Time));
        end.Set();
        other.Join();
    }

    [Fact]
    public void Outside_a_run_anything_goes()
    {
        _world.MustComplete(() => Task.CompletedTask);
        Task.Run(static () => { }).GetAwaiter().GetResult();
        using Timer timer = new(static _ => { }, null, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        _world.Scheduler.Escape.ShouldBeNull();
        _world.MustComplete(() => Task.CompletedTask);
    }

    private static string EscapeOf(RunResult result)
    {
        result.Outcome.ShouldBe(RunOutcome.Escaped);
        return result.Exception.ShouldBeOfType<SimulationEscapeException>().Message;
    }
}
