namespace Deterministic.Simulation.Tests;

public class ContextTests
{
    private readonly World _world = new();

    [Fact]
    public void Items_of_the_program_run_with_their_context_and_those_of_the_world_with_none()
    {
        var host = _world.Scheduler.CreateContext("host");
        var seen = new List<SynchronizationContext?>();
        host.Post(_ => seen.Add(SynchronizationContext.Current), null);
        _world.Drain();
        _world.Scheduler.Post("test", _ => seen.Add(SynchronizationContext.Current));
        _world.Drain();
        _world.Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", _ => seen.Add(SynchronizationContext.Current));
        _world.Drain();
        _world.MustComplete(() =>
        {
            seen.Add(SynchronizationContext.Current);
            return Task.CompletedTask;
        });
        seen.ShouldBe([host, null, null, _world.Scheduler.Context]);
    }

    [Fact]
    public void The_callers_context_is_back_after_the_run()
    {
        var mine = new SynchronizationContext();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(mine);
        try
        {
            _world.MustComplete(() => Task.Delay(TimeSpan.FromSeconds(1), _world.Time));
            SynchronizationContext.Current.ShouldBeSameAs(mine);
            _world.Run(() => throw new TimeoutException()).Outcome.ShouldBe(RunOutcome.Faulted);
            SynchronizationContext.Current.ShouldBeSameAs(mine);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    [Fact]
    public void A_continuation_comes_back_to_the_context_of_its_host()
    {
        var (a, b) = (_world.Scheduler.CreateContext("a"), _world.Scheduler.CreateContext("b"));
        a.CreateCopy().ShouldBeSameAs(a);
        foreach (var context in new[] { a, b })
        {
            context.Post(_ => _ = Program(context), null);
        }

        _world.Drain().ThrowIfNotCompleted();
        _world.Said.Count.ShouldBe(2);

        async Task Program(SynchronizationContext own)
        {
            await Task.Yield();
            SynchronizationContext.Current.ShouldBeSameAs(own);
            await Task.Delay(TimeSpan.FromSeconds(1), _world.Time);
            SynchronizationContext.Current.ShouldBeSameAs(own);
            await Task.WhenAll(
                Task.Delay(TimeSpan.FromSeconds(1), _world.Time),
                Task.Delay(TimeSpan.FromSeconds(2), _world.Time)
            );
            SynchronizationContext.Current.ShouldBeSameAs(own);
            _world.Said.Add("done");
        }
    }

    [Fact]
    public void ConfigureAwait_false_continues_on_the_simulators_thread_when_the_world_completes_the_wait() =>
        _world.MustComplete(async () =>
        {
            await Task.Delay(TimeSpan.FromHours(1), _world.Time).ConfigureAwait(false);
            _world.Scheduler.IsOnThread.ShouldBeTrue();
            SynchronizationContext.Current.ShouldBeNull();

            var completed = new TaskCompletionSource();
            _world.Scheduler.ScheduleAfter(TimeSpan.FromSeconds(1), "test", _ => completed.SetResult());
            await completed.Task.ConfigureAwait(false);
            _world.Scheduler.IsOnThread.ShouldBeTrue();
        });

    [Fact]
    public void Semaphores_channels_and_yields_come_back_through_the_context() =>
        _world.MustComplete(async () =>
        {
            using var semaphore = new SemaphoreSlim(0);
            var channel = System.Threading.Channels.Channel.CreateBounded<int>(1);
            var producer = Produce();
            await semaphore.WaitAsync();
            _world.Scheduler.IsOnThread.ShouldBeTrue();
            var sum = 0;
            while (await channel.Reader.WaitToReadAsync())
            {
                _world.Scheduler.IsOnThread.ShouldBeTrue();
                sum += await channel.Reader.ReadAsync();
            }

            sum.ShouldBe(45);
            await producer;

            async Task Produce()
            {
                await Task.Yield();
                semaphore.Release();
                for (var i = 0; i < 10; i++)
                {
                    await channel.Writer.WriteAsync(i);
                    _world.Scheduler.IsOnThread.ShouldBeTrue();
                }

                channel.Writer.Complete();
            }
        });

    [Fact]
    public void Send_runs_at_once_in_the_context() =>
        _world.MustComplete(() =>
        {
            var host = _world.Scheduler.CreateContext("host");
            SynchronizationContext? seen = null;
            host.Send(_ => seen = SynchronizationContext.Current, null);
            seen.ShouldBeSameAs(host);
            SynchronizationContext.Current.ShouldBeSameAs(_world.Scheduler.Context);
            return Task.CompletedTask;
        });

    [Fact]
    public void An_async_local_of_one_item_does_not_reach_the_next_nor_the_caller()
    {
        var local = new AsyncLocal<string>();
        var seen = new List<string?>();
        for (var i = 0; i < 3; i++)
        {
            _world.Scheduler.Post(
                "test",
                _ =>
                {
                    seen.Add(local.Value);
                    local.Value = "leaked";
                }
            );
        }

        _world.Drain().ThrowIfNotCompleted();
        seen.ShouldBe([null, null, null]);
        local.Value.ShouldBeNull();
    }

    [Fact]
    public void An_async_local_flows_along_its_own_program() =>
        _world.MustComplete(async () =>
        {
            var local = new AsyncLocal<string> { Value = "mine" };
            await Task.Yield();
            local.Value.ShouldBe("mine");
            await Task.Delay(TimeSpan.FromSeconds(1), _world.Time).ConfigureAwait(false);
            local.Value.ShouldBe("mine");
        });
}
