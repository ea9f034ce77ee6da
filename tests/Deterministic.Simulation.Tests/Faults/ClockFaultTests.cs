using Deterministic.Faults;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of hosts whose clocks are wrong.</summary>
public sealed class ClockFaultTests
{
    [Theory]
    [InlineData("clock-skew at=1s for=10s on=server")]
    [InlineData("clock-step at=1s for=10s on=server")]
    [ShowsFault(FaultKind.ClockSkew, FaultIs.On)]
    [ShowsFault(FaultKind.ClockStep, FaultIs.On)]
    public void A_clock_that_is_set_stays_wrong_ahead_or_behind_and_its_timers_are_right(string rule)
    {
        HashSet<TimeSpan> skews = [];
        for (ulong seed = 1; seed <= 10; seed++)
        {
            HostFaultTests.Ticking(
                async (world, server, ticks) =>
                {
                    await WaitUntilAsync(world, Seconds(0.5));
                    server.Clock.Skew.ShouldBe(TimeSpan.Zero);
                    await WaitUntilAsync(world, Seconds(3.5));
                    skews.Add(server.Clock.Skew);
                    world.StopFaults();
                    await WaitUntilAsync(world, Seconds(5.5));
                    skews.Add(server.Clock.Skew);
                    ticks.ShouldBe(Enumerable.Range(1, 5).Select(second => Seconds(second)));
                },
                seed,
                By(FaultRule.Parse(rule))
            );
        }

        skews.ShouldBe([Seconds(10), -Seconds(10)], ignoreOrder: true);
    }

    [Fact]
    [ShowsFault(FaultKind.ClockDrift, FaultIs.On)]
    public void A_clock_that_drifts_is_wrong_by_more_and_more_until_it_is_over()
    {
        HashSet<TimeSpan> skews = [];
        for (ulong seed = 1; seed <= 10; seed++)
        {
            HostFaultTests.Ticking(
                async (world, server, ticks) =>
                {
                    await WaitUntilAsync(world, Seconds(6));
                    TimeSpan half = server.Clock.Skew;
                    await WaitUntilAsync(world, Seconds(11));
                    await WaitUntilAsync(world, Seconds(20));
                    server.Clock.Skew.ShouldBe(2 * half);
                    skews.Add(server.Clock.Skew);
                    ticks.Count(tick => tick < Seconds(11.5)).ShouldBe(half > TimeSpan.Zero ? 12 : 10);
                },
                seed,
                By(Fault.ClockDrift(100_000, Seconds(10)).At("server").At(Seconds(1)))
            );
        }

        skews.ShouldBe([Seconds(1), -Seconds(1)], ignoreOrder: true);
    }

    [Fact]
    public void Overlapping_drifts_beyond_what_a_clock_can_do_leave_it_as_the_scenario_asked()
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            HostFaultTests.Ticking(
                async (world, server, _) =>
                {
                    server.Clock.DriftPartsPerMillion = 100;
                    await WaitUntilAsync(world, Seconds(5));
                    server.Clock.DriftPartsPerMillion = 200_000;
                    await WaitUntilAsync(world, Seconds(20));
                    TimeSpan skew = server.Clock.Skew;
                    await WaitUntilAsync(world, Seconds(30));
                    (server.Clock.Skew - skew).ShouldBe(Seconds(2));
                },
                seed,
                By(
                    Fault.ClockDrift(400_000, Seconds(10)).At("server").At(Seconds(1)),
                    Fault.ClockDrift(900_000, Seconds(10)).At("server").At(Seconds(2))
                )
            );
        }
    }
}
