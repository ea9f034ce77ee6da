using Deterministic.Exploration;

namespace Deterministic.Simulation.Tests;

public class TaskSchedulerTests
{
    private readonly World _world = new();

    [Fact]
    public void Tasks_started_on_the_scheduler_run_on_the_simulators_thread_with_the_context() =>
        _world.MustComplete(async () =>
        {
            var context = await Start(() => SynchronizationContext.Current);
            context.ShouldBeSameAs(_world.Scheduler.Context);
            await Start(async () =>
                {
                    await Task.Yield();
                    _world.Scheduler.IsOnThread.ShouldBeTrue();
                })
                .Unwrap();
        });

    [Fact]
    public void The_order_of_tasks_is_a_choice()
    {
        string OrderOf(ChoiceStrategy strategy)
        {
            var world = new World(strategy);
            foreach (var word in new[] { "a", "b", "c" })
            {
                _ = Task.Factory.StartNew(
                    () => world.Said.Add(word),
                    CancellationToken.None,
                    TaskCreationOptions.None,
                    world.Scheduler.TaskScheduler
                );
            }

            world.Drain().ThrowIfNotCompleted();
            return string.Concat(world.Said);
        }

        OrderOf(FixedStrategy.First).ShouldBe("abc");
        OrderOf(FixedStrategy.Last).ShouldBe("cab");
    }

    [Fact]
    public void A_task_runs_inline_only_where_the_program_runs()
    {
        var inWorld = new Task(() => _world.Said.Add("queued"));
        _world.MustComplete(() =>
        {
            new Task(() => _world.Said.Add("inline")).RunSynchronously(_world.Scheduler.TaskScheduler);
            _world.Said.ShouldBe(["inline"]);
            return Task.CompletedTask;
        });
        _world.Scheduler.Post("test", _ => inWorld.Start(_world.Scheduler.TaskScheduler));
        _world.Drain().ThrowIfNotCompleted();
        _world.Said.ShouldBe(["inline", "queued"]);
    }

    [Fact]
    public void A_task_started_from_a_foreign_thread_is_an_escape_and_never_runs()
    {
        var ran = false;
        Foreign.Call(() => _ = Start(() => ran = true));
        var result = _world.Drain();
        result.Outcome.ShouldBe(RunOutcome.Escaped);
        ran.ShouldBeFalse();
    }

    private Task<T> Start<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.None, _world.Scheduler.TaskScheduler);
}
