using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Tests;

/// <summary>Skew, drift and steps of a host's clock.</summary>
public sealed class HostClockTests
{
    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    [Fact]
    public void Without_drift_and_steps_a_host_has_the_worlds_time()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            await Task.Delay(Seconds(5), host.TimeProvider);
            host.Clock.Skew.ShouldBe(TimeSpan.Zero);
            host.TimeProvider.GetUtcNow().ShouldBe(world.TimeProvider.GetUtcNow());
            host.TimeProvider.GetTimestamp().ShouldBe(world.TimeProvider.GetTimestamp());
        });
    }

    [Fact]
    public void A_step_moves_the_wall_clock_and_neither_timestamps_nor_timers_nor_other_hosts()
    {
        SimulatedWorld world = Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            Task delay = Task.Delay(Seconds(10), host.TimeProvider);
            await Task.Delay(Seconds(4), world.TimeProvider);
            host.Clock.Step(Seconds(-3600));
            host.TimeProvider.GetUtcNow().ShouldBe(VirtualTimeProvider.Epoch - Seconds(3596));
            host.TimeProvider.GetTimestamp().ShouldBe(Seconds(4).Ticks);
            host.Clock.Skew.ShouldBe(Seconds(-3600));
            world.Host("other").TimeProvider.GetUtcNow().ShouldBe(VirtualTimeProvider.Epoch + Seconds(4));
            host.Clock.Step(Seconds(7200));
            host.Clock.Skew.ShouldBe(Seconds(3600));
            await delay;
            world.Scheduler.Now.ShouldBe(Seconds(10));
        });
        world.Trace.Events.Count(happened => happened.Kind == TraceKind.Fault).ShouldBe(2);
    }

    [Theory]
    [InlineData(250_000, 8)]
    [InlineData(-200_000, 12.5)]
    public void Drift_is_in_the_wall_clock_in_timestamps_and_in_how_long_timers_take(int ppm, double worldSeconds)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            host.Clock.DriftPartsPerMillion = ppm;
            long start = host.TimeProvider.GetTimestamp();
            await Task.Delay(Seconds(10), host.TimeProvider);
            world.Scheduler.Now.ShouldBe(Seconds(worldSeconds));
            host.TimeProvider.GetElapsedTime(start).ShouldBe(Seconds(10));
            host.TimeProvider.GetUtcNow().ShouldBe(VirtualTimeProvider.Epoch + Seconds(10));
            host.Clock.Skew.ShouldBe(Seconds(10 - worldSeconds));
        });
    }

    [Fact]
    public void A_change_of_drift_rescales_what_is_left_of_a_timer_and_not_what_has_passed()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            Task delay = Task.Delay(Seconds(10), host.TimeProvider);
            await Task.Delay(Seconds(4), world.TimeProvider);
            host.Clock.DriftPartsPerMillion = -500_000;
            host.TimeProvider.GetTimestamp().ShouldBe(Seconds(4).Ticks);
            await delay;
            world.Scheduler.Now.ShouldBe(Seconds(16));
        });
    }

    [Fact]
    public void A_timer_that_is_due_already_ticks_once_when_the_drift_changes()
    {
        World world = new(FixedStrategy.First);
        HostClock clock = new(world.Scheduler, "host");
        int ticks = 0;
        world.Scheduler.ScheduleAfter(Seconds(1), "test", _ => clock.DriftPartsPerMillion = 100_000);
        new VirtualTimeProvider(clock).CreateTimer(_ => ticks++, null, Seconds(1), Timeout.InfiniteTimeSpan);
        world.Drain();
        ticks.ShouldBe(1);
    }

    [Fact]
    public void A_periodic_timer_keeps_to_its_clock_without_gathering_an_error()
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            host.Clock.DriftPartsPerMillion = 333;
            using PeriodicTimer timer = new(Seconds(1), host.TimeProvider);
            for (int tick = 1; tick <= 1000; tick++)
            {
                await timer.WaitForNextTickAsync();
                host.TimeProvider.GetTimestamp().ShouldBe(Seconds(tick).Ticks);
            }
        });
    }

    [Fact]
    public void No_timer_ticks_before_its_clock_says_so_however_the_drift_changes()
    {
        for (ulong seed = 1; seed <= 50; seed++)
        {
            SimulatedWorld world = new(seed);
            SimulatedHost host = world.Host("host");
            world.Run(() => DriftAsync(world, host), World.Limits).ThrowIfNotCompleted();
        }

        static async Task DriftAsync(SimulatedWorld world, SimulatedHost host)
        {
            List<(long Due, long At)> ticks = [];
            for (int i = 0; i < 20; i++)
            {
                long due = host.TimeProvider.GetTimestamp() + world.Random.Next(100_000_000);
                host.TimeProvider.CreateTimer(
                    _ => ticks.Add((due, host.TimeProvider.GetTimestamp())),
                    null,
                    new TimeSpan(due - host.TimeProvider.GetTimestamp()),
                    Timeout.InfiniteTimeSpan
                );
                await Task.Delay(TimeSpan.FromMilliseconds(world.Random.Next(2_000)), world.TimeProvider);
                host.Clock.DriftPartsPerMillion = world.Random.Next(-500_000, 500_001);
            }

            await Task.Delay(Seconds(60), world.TimeProvider);
            ticks.Count.ShouldBe(20);
            // At the fastest rate two ticks of the clock pass within one of the world.
            ticks.ShouldAllBe(tick => tick.At >= tick.Due && tick.At <= tick.Due + 1);
        }
    }

    [Fact]
    public void What_no_clock_does_is_refused()
    {
        HostClock clock = new SimulatedWorld(1).Host("host").Clock;
        Should.Throw<ArgumentOutOfRangeException>(() => clock.DriftPartsPerMillion = 500_001);
        Should.Throw<ArgumentOutOfRangeException>(() => clock.DriftPartsPerMillion = -500_001);
        Should.Throw<ArgumentOutOfRangeException>(() => clock.Step(TimeSpan.MaxValue));
        Should.Throw<ArgumentOutOfRangeException>(() => clock.Step(TimeSpan.MinValue));
        clock.Step(TimeSpan.FromDays(365_000));
        Should.Throw<ArgumentOutOfRangeException>(() => clock.Step(TimeSpan.FromTicks(1)));
        clock.Step(TimeSpan.FromDays(-730_000));
        Should.NotThrow(() => clock.Skew);
    }
}
