using Deterministic.Exploration;

namespace Deterministic.Simulation.Tests;

/// <summary>Computing that costs time.</summary>
public sealed class ComputingTests
{
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void While_a_host_computes_nothing_else_of_it_runs_and_other_hosts_do()
    {
        Talk.Alone(async world =>
        {
            List<double> own = [];
            List<double> others = [];
            SimulatedHost host = world.Host("host");
            host.Start(async self =>
            {
                Task beats = BeatAsync(world, self, own);
                await Task.Delay(Seconds(1.5), self.TimeProvider);
                await self.ComputeAsync(Seconds(10));
                world.Scheduler.Now.ShouldBe(Seconds(11.5));
                await beats;
            });
            world.Host("other").Start(self => BeatAsync(world, self, others));
            await Programs.PassAsync(world, 13.2);
            own.ShouldBe([1, 11.5, 12.5]);
            others.ShouldBe([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
        });
    }

    [Fact]
    public void What_several_ask_for_is_computed_one_after_the_other()
    {
        SimulatedWorld world = new(new ChoiceSource(FixedStrategy.First));
        world
            .Run(
                async () =>
                {
                    SimulatedHost host = world.Host("host");
                    Task first = host.ComputeAsync(Seconds(3));
                    Task second = host.ComputeAsync(Seconds(4));
                    host.ComputeAsync(TimeSpan.Zero).IsCompleted.ShouldBeTrue();
                    await first;
                    world.Scheduler.Now.ShouldBe(Seconds(3));
                    await second;
                    world.Scheduler.Now.ShouldBe(Seconds(7));
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
    }

    [Fact]
    public void A_pause_comes_on_top()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            Task first = host.ComputeAsync(Seconds(3));
            await Programs.PassAsync(world, 1);
            host.Pause(Seconds(10));
            await first;
            world.Scheduler.Now.ShouldBe(Seconds(13));
            host.Pause();
            Task second = host.ComputeAsync(Seconds(3));
            await Programs.PassAsync(world, 1);
            host.Resume();
            await second;
            world.Scheduler.Now.ShouldBe(Seconds(17));
        });
    }

    [Fact]
    public void On_a_throttled_host_each_step_takes_its_time_one_after_the_other()
    {
        Talk.Alone(async world =>
        {
            List<double> ran = [];
            SimulatedHost host = world.Host("host");
            host.Throttle(Seconds(2));
            host.Start(async _ =>
            {
                for (int i = 0; i < 3; i++)
                {
                    ran.Add(world.Scheduler.Now.TotalSeconds);
                    await Task.Yield();
                }
            });
            await Programs.PassAsync(world, 60);
            ran.ShouldBe([0, 2, 4]);
            host.Throttle(TimeSpan.Zero);
            host.Start(async _ =>
            {
                await Task.Yield();
                ran.Add(world.Scheduler.Now.TotalSeconds);
            });
            await Programs.PassAsync(world, 1);
            ran[^1].ShouldBe(60);
        });
    }

    [Fact]
    public void What_waits_on_a_throttled_host_runs_in_the_order_in_which_it_came()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            SimulatedWorld world = new(seed);
            List<int> ran = [];
            world
                .Run(
                    async () =>
                    {
                        SimulatedHost host = world.Host("host");
                        host.Throttle(Seconds(10));
                        for (int i = 1; i <= 5; i++)
                        {
                            int number = i;
                            host.TimeProvider.CreateTimer(
                                _ => ran.Add(number),
                                null,
                                Seconds(number),
                                Timeout.InfiniteTimeSpan
                            );
                        }

                        await Programs.PassAsync(world, 60);
                    },
                    World.Limits
                )
                .ThrowIfNotCompleted();
            ran.ShouldBe([1, 2, 3, 4, 5]);
        }
    }

    [Fact]
    public void A_crash_ends_computing_and_throttling()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            host.Throttle(Seconds(5));
            host.Start(self => self.ComputeAsync(Seconds(100)));
            await Programs.PassAsync(world, 1);
            host.Crash();
            host.Start(async self =>
            {
                await Task.Yield();
                await self.ComputeAsync(Seconds(1));
            });
            await Programs.PassAsync(world, 1.5);
            Should.NotThrow(() => host.Start(_ => Task.CompletedTask));
        });
    }

    [Fact]
    public void Time_does_not_run_backwards()
    {
        SimulatedHost host = new SimulatedWorld(1).Host("host");
        Should.Throw<ArgumentOutOfRangeException>(() => host.Throttle(Seconds(-1)));
        Should.Throw<ArgumentOutOfRangeException>(() => host.ComputeAsync(Seconds(-1)));
    }

    private static async Task BeatAsync(SimulatedWorld world, SimulatedHost host, List<double> beats)
    {
        while (true)
        {
            await Task.Delay(Seconds(1), host.TimeProvider);
            beats.Add(world.Scheduler.Now.TotalSeconds);
        }
    }
}
