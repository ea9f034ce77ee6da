using Deterministic.Exploration;

namespace Deterministic.Simulation.Tests;

public class RunOutcomeTests
{
    private readonly World _world = new();

    [Fact]
    public void A_run_completes_with_its_main_task()
    {
        var result = _world.Run(() => Task.Delay(TimeSpan.FromMinutes(5), _world.Time));
        result.Outcome.ShouldBe(RunOutcome.Completed);
        result.Now.ShouldBe(TimeSpan.FromMinutes(5));
        result.Exception.ShouldBeNull();
        Should.NotThrow(result.ThrowIfNotCompleted);
    }

    [Fact]
    public void A_run_whose_condition_holds_already_runs_nothing() =>
        _world.Scheduler.RunUntil(() => true).ShouldBe(new RunResult(RunOutcome.Completed, 0, TimeSpan.Zero));

    [Fact]
    public void Waiting_for_what_nobody_will_do_is_a_deadlock() =>
        _world.Run(() => new TaskCompletionSource().Task).Outcome.ShouldBe(RunOutcome.Deadlocked);

    [Fact]
    public void An_endless_loop_of_yields_reaches_the_step_limit()
    {
        var result = _world.Scheduler.Run(
            async () =>
            {
                while (true)
                {
                    await Task.Yield();
                }
            },
            World.Limits with
            {
                Steps = 1000,
            }
        );
        result.Outcome.ShouldBe(RunOutcome.StepLimitReached);
        result.Steps.ShouldBe(1000);
    }

    [Fact]
    public void A_run_that_needs_the_last_permitted_step_completes() =>
        _world
            .Scheduler.Run(() => Task.CompletedTask, World.Limits with { Steps = 1 })
            .Outcome.ShouldBe(RunOutcome.Completed);

    [Fact]
    public void Endless_waiting_reaches_the_time_limit_and_time_stands_there()
    {
        var limits = World.Limits with { VirtualTime = TimeSpan.FromSeconds(10) };
        Func<Task> main = () => Task.Delay(TimeSpan.FromSeconds(11), _world.Time);
        var result = _world.Scheduler.Run(main, limits);
        result.Outcome.ShouldBe(RunOutcome.TimeLimitReached);
        result.Now.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_later_run_goes_on_where_the_first_stopped_with_limits_of_its_own()
    {
        var limits = World.Limits with { VirtualTime = TimeSpan.FromSeconds(10), Steps = 10 };
        Task? main = null;
        _world.Scheduler.Run(() => main = Task.Delay(TimeSpan.FromSeconds(15), _world.Time), limits);
        _world.Scheduler.RunUntil(() => main!.IsCompleted, limits).Outcome.ShouldBe(RunOutcome.Completed);
        _world.Scheduler.Now.ShouldBe(TimeSpan.FromSeconds(15));
    }

    [Fact]
    public void What_the_main_task_throws_is_in_the_result()
    {
        var result = _world.Run(async () =>
        {
            await Task.Yield();
            throw new TimeoutException("too late");
        });
        result.Outcome.ShouldBe(RunOutcome.Faulted);
        result.Exception.ShouldBeOfType<TimeoutException>();
        result.ToString().ShouldContain("TimeoutException: too late");
        Should
            .Throw<InvalidOperationException>(result.ThrowIfNotCompleted)
            .InnerException.ShouldBeSameAs(result.Exception);
    }

    [Fact]
    public void A_cancelled_main_task_is_a_fault()
    {
        var result = _world.Run(() => Task.FromCanceled(new CancellationToken(canceled: true)));
        result.Outcome.ShouldBe(RunOutcome.Faulted);
        result.Exception.ShouldBeOfType<TaskCanceledException>();
    }

    [Fact]
    public void What_escapes_from_a_callback_of_the_world_stops_the_run_and_names_the_owner()
    {
        _world.Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "link a-b", _ => throw new TimeoutException());
        var result = _world.Run(() => new TaskCompletionSource().Task);
        result.Outcome.ShouldBe(RunOutcome.Faulted);
        result.Exception.ShouldBeOfType<TimeoutException>();
        result.Owner.ShouldBe("link a-b");
        result.Now.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void What_an_async_void_method_throws_stops_the_run()
    {
        var result = _world.Run(async () =>
        {
            Explode();
            await new TaskCompletionSource().Task;
        });
        result.Outcome.ShouldBe(RunOutcome.Faulted);
        result.Exception.ShouldBeOfType<TimeoutException>();

#pragma warning disable MA0155, VSTHRD100 // That people write async void is the point.
        static async void Explode()
        {
            await Task.Yield();
            throw new TimeoutException();
        }
#pragma warning restore MA0155, VSTHRD100
    }

    [Fact]
    public void What_a_timer_callback_throws_stops_the_run()
    {
        using var timer = _world.Time.CreateTimer(
            _ => throw new TimeoutException(),
            null,
            TimeSpan.FromSeconds(1),
            Timeout.InfiniteTimeSpan
        );
        _world.Run(() => new TaskCompletionSource().Task).Exception.ShouldBeOfType<TimeoutException>();
    }

    [Fact]
    public void A_divergence_is_reported_even_if_the_program_swallows_it()
    {
        var world = new World(new ReplayStrategy(Tapes.Of(new Choice(ChoiceKind.Latency, 7, 0))));
        var result = world.Run(() =>
        {
            Record.Exception(() => new TapeRandom(world.Scheduler).Next(10));
            return Task.CompletedTask;
        });
        result.Outcome.ShouldBe(RunOutcome.Diverged);
        result.Exception.ShouldBeOfType<TapeDivergenceException>();
    }

    [Fact]
    public void A_divergence_in_the_schedule_is_reported()
    {
        var world = new World(new ReplayStrategy(Tapes.Of(new Choice(ChoiceKind.Schedule, 3, 0))));
        world.Post("a");
        world.Post("b");
        world.Drain().Outcome.ShouldBe(RunOutcome.Diverged);
        world.Said.ShouldBeEmpty();
    }

    [Fact]
    public void Running_from_inside_a_run_is_refused()
    {
        var result = _world.Run(() =>
        {
            _world.Scheduler.RunUntil(() => true);
            return Task.CompletedTask;
        });
        result.Exception.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("running already");
        _world.Scheduler.RunUntil(() => true).Outcome.ShouldBe(RunOutcome.Completed);
    }
}
