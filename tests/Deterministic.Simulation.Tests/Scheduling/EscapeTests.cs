using System.Threading.Channels;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Tests;

public class EscapeTests
{
    private readonly World _world = new();

    public static TheoryData<string, Action<SimulationScheduler>> Calls =>
        new()
        {
            { "SimulationScheduler.Post", scheduler => scheduler.Post("test", static _ => { }) },
            {
                "SimulationScheduler.Schedule",
                scheduler => scheduler.ScheduleAfter(TimeSpan.Zero, "test", static _ => { })
            },
            { "SimulationTimer", scheduler => scheduler.CreateTimer("test", static _ => { }).ArmAfter(TimeSpan.Zero) },
            { "SynchronizationContext.Send", scheduler => scheduler.Context.Send(static _ => { }, null) },
            { "TimeProvider.GetUtcNow", scheduler => new VirtualTimeProvider(scheduler).GetUtcNow() },
            { "TimeProvider.GetTimestamp", scheduler => new VirtualTimeProvider(scheduler).GetTimestamp() },
            {
                "TimeProvider.CreateTimer",
                scheduler =>
                    new VirtualTimeProvider(scheduler)
                        .CreateTimer(static _ => { }, null, TimeSpan.Zero, TimeSpan.Zero)
                        .Dispose()
            },
            { "whatever", scheduler => scheduler.VerifyAccess("whatever") },
        };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_call_from_a_foreign_thread_throws_names_the_call_and_stops_the_run(
        string what,
        Action<SimulationScheduler> call
    )
    {
        var thrown = Foreign.Call(() => call(_world.Scheduler)).ShouldBeOfType<SimulationEscapeException>();
        thrown.Message.ShouldStartWith($"{what} was called from the thread 'stranger'");
        thrown.Message.ShouldContain("Task.Factory.StartNew");
        var result = _world.Run(() => Task.CompletedTask);
        result.Outcome.ShouldBe(RunOutcome.Escaped);
        result.Exception!.Message.ShouldBe(thrown.Message);
        result.Steps.ShouldBe(0);
    }

    [Fact]
    public void A_posted_continuation_from_a_foreign_thread_does_not_throw_there_but_stops_the_run_with_the_stack()
    {
        var result = _world.Run(async () =>
        {
            var source = new TaskCompletionSource();
            var waiting = Wait(source.Task);
            Foreign.Call(source.SetResult).ShouldBeNull();
            await waiting;
        });
        result.Outcome.ShouldBe(RunOutcome.Escaped);
        var escape = result.Exception.ShouldBeOfType<SimulationEscapeException>();
        escape.Message.ShouldContain("a continuation of the program");
        escape.StackTrace.ShouldNotBeNull().ShouldContain("SetResult");
        _world.Said.ShouldBeEmpty();

        async Task Wait(Task task)
        {
            await task;
            _world.Said.Add("never");
        }
    }

    [Fact]
    public void Work_on_the_thread_pool_that_comes_back_is_an_escape()
    {
        using var awaited = new ManualResetEventSlim();
        var result = _world.Scheduler.Run(
            async () =>
            {
                var work = Task.Run(awaited.Wait);
                _world.Scheduler.Post("test", _ => awaited.Set());
                await work;
            },
            World.Limits with
            {
                EscapeGrace = TimeSpan.FromMinutes(1),
            }
        );
        result.Outcome.ShouldBe(RunOutcome.Escaped);
        result.Exception!.Message.ShouldContain("a thread of the thread pool");
    }

    [Fact]
    public void A_channels_ReadAllAsync_is_an_escape_unless_the_channel_allows_synchronous_continuations()
    {
        // ReadAllAsync awaits with ConfigureAwait(false), and a channel's waits then continue on the pool.
        ReadAll(allowSynchronousContinuations: false).ShouldBe(RunOutcome.Escaped);
        ReadAll(allowSynchronousContinuations: true).ShouldBe(RunOutcome.Completed);

        static RunOutcome ReadAll(bool allowSynchronousContinuations)
        {
            var world = new World();
            var channel = Channel.CreateUnbounded<int>(
                new UnboundedChannelOptions { AllowSynchronousContinuations = allowSynchronousContinuations }
            );
            world.Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", _ => channel.Writer.Complete());
            return world
                .Scheduler.Run(
                    async () =>
                    {
                        await foreach (var number in channel.Reader.ReadAllAsync()) { }
                    },
                    World.Limits with
                    {
                        EscapeGrace = TimeSpan.FromMinutes(1),
                    }
                )
                .Outcome;
        }
    }

    [Fact]
    public void The_first_of_many_escapes_is_kept_and_none_throws_in_a_post()
    {
        var threads = Enumerable
            .Range(0, 8)
            .Select(i => new Thread(() => _world.Scheduler.Context.Post(static _ => { }, null)))
            .ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        var escape = _world.Scheduler.Escape.ShouldNotBeNull();
        _world.Drain().Exception.ShouldBeSameAs(escape);
        _world.Drain().Exception.ShouldBeSameAs(escape);
    }

    [Fact]
    public void An_escape_that_the_program_swallows_still_stops_the_run()
    {
        var result = _world.Run(() =>
        {
            Foreign.Call(() => _world.Time.GetUtcNow());
            return Task.CompletedTask;
        });
        result.Outcome.ShouldBe(RunOutcome.Escaped);
    }

    [Fact]
    public void Disposing_a_timer_on_the_pool_is_an_escape_that_does_not_throw()
    {
        var timer = _world.Time.CreateTimer(static _ => { }, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        Foreign.CallOnPool(timer.Dispose);
        _world.Drain().Outcome.ShouldBe(RunOutcome.Escaped);
    }

    [Fact]
    public void A_scheduler_may_be_run_on_another_thread_than_the_one_that_built_it()
    {
        RunResult? result = null;
        Foreign.Call(() => result = _world.Run(() => Task.Delay(TimeSpan.FromSeconds(1), _world.Time))).ShouldBeNull();
        result!.Outcome.ShouldBe(RunOutcome.Completed);
    }
}
