using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of hosts: their programs are stopped or gone.</summary>
public sealed class HostFaultTests
{
    public static TheoryData<string> Elsewhere =>
        [
            "crash at=1s on=other",
            "bounce at=1s for=10s on=other",
            "pause at=1s for=10s on=other",
            "throttle at=1s for=10s amount=1000000 on=other",
            "clock-skew at=1s for=10s on=other",
            "clock-drift at=1s for=10s amount=100000 on=other",
            "clock-step at=1s for=10s on=other",
        ];

    [Theory]
    [MemberData(nameof(Elsewhere))]
    [ShowsFault(FaultKind.Crash, FaultIs.Off)]
    [ShowsFault(FaultKind.Bounce, FaultIs.Off)]
    [ShowsFault(FaultKind.Pause, FaultIs.Off)]
    [ShowsFault(FaultKind.Throttle, FaultIs.Off)]
    [ShowsFault(FaultKind.ClockSkew, FaultIs.Off)]
    [ShowsFault(FaultKind.ClockDrift, FaultIs.Off)]
    [ShowsFault(FaultKind.ClockStep, FaultIs.Off)]
    public void A_fault_of_one_host_leaves_the_others_as_they_are(string rule)
    {
        SimulatedWorld ended = Ticking(
            async (world, server, ticks) =>
            {
                world.Host("other").Start(_ => Programs.Forever);
                await WaitUntilAsync(world, Seconds(20.5));
                server.State.ShouldBe(HostState.Running);
                server.Incarnation.ShouldBe(1);
                server.Clock.Skew.ShouldBe(TimeSpan.Zero);
                ticks.ShouldBe(Enumerable.Range(1, 20).Select(second => Seconds(second)));
            },
            rule
        );
        ended.TimesOf(FaultRule.Parse(rule).Kind).ShouldBe([Seconds(1)]);
    }

    [Fact]
    [ShowsFault(FaultKind.Crash, FaultIs.On)]
    public void A_crashed_host_is_down_for_good_until_faults_are_stopped()
    {
        Ticking(
            async (world, server, ticks) =>
            {
                await WaitUntilAsync(world, Seconds(500));
                server.State.ShouldBe(HostState.Down);
                ticks.Count.ShouldBe(2);
                world.StopFaults();
                await WaitUntilAsync(world, Seconds(503.5));
                server.State.ShouldBe(HostState.Running);
                server.Incarnation.ShouldBe(2);
                ticks.Count.ShouldBe(5);
            },
            "crash at=2500ms on=server"
        );
    }

    [Fact]
    [ShowsFault(FaultKind.Bounce, FaultIs.On)]
    public void A_host_that_bounces_is_down_for_a_while_and_its_program_restarts()
    {
        SimulatedWorld ended = Ticking(
            async (world, server, ticks) =>
            {
                await WaitUntilAsync(world, Seconds(8));
                server.State.ShouldBe(HostState.Down);
                await WaitUntilAsync(world, Seconds(15));
                server.State.ShouldBe(HostState.Running);
                server.Incarnation.ShouldBe(2);
                ticks.ShouldBe([Seconds(1), Seconds(2), Seconds(13.5), Seconds(14.5)]);
            },
            "bounce at=2500ms for=10s on=server"
        );
        ended.TimesOf(FaultKind.Bounce).ShouldBe([Seconds(2.5)]);
    }

    [Fact]
    [ShowsFault(FaultKind.Pause, FaultIs.On)]
    public void The_program_of_a_paused_host_stands_still_and_goes_on()
    {
        Ticking(
            async (world, server, ticks) =>
            {
                await WaitUntilAsync(world, Seconds(8));
                server.State.ShouldBe(HostState.Paused);
                await WaitUntilAsync(world, Seconds(14));
                server.Incarnation.ShouldBe(1);
                ticks.ShouldBe([Seconds(1), Seconds(2), Seconds(12.5), Seconds(13.5)]);
            },
            "pause at=2500ms for=10s on=server"
        );
    }

    [Fact]
    public void A_pause_that_a_crash_has_ended_does_not_wake_the_host_out_of_the_next_one()
    {
        Ticking(
            async (world, server, _) =>
            {
                await WaitUntilAsync(world, Seconds(2));
                server.Crash();
                server.Restart();
                await WaitUntilAsync(world, Seconds(12));
                server.State.ShouldBe(HostState.Paused, "the second pause");
                await WaitUntilAsync(world, Seconds(14));
                server.State.ShouldBe(HostState.Running);
            },
            "pause at=1s for=10s on=server",
            "pause at=3s for=10s on=server"
        );
    }

    [Theory]
    [InlineData("bounce at=1s for=10s on=server", "pause at=2s for=3s on=server")]
    [InlineData("pause at=1s for=10s on=server", "bounce at=2s for=3s on=server")]
    [InlineData("bounce at=1s for=10s on=server", "bounce at=2s for=3s on=server")]
    public void A_fault_that_comes_during_another_waits_for_its_end(string first, string second)
    {
        SimulatedWorld ended = Ticking(
            async (world, server, ticks) =>
            {
                await WaitUntilAsync(world, Seconds(20));
                server.State.ShouldBe(HostState.Running);
                int before = ticks.Count;
                await WaitUntilAsync(world, Seconds(30));
                ticks.Count.ShouldBeInRange(before + 9, before + 11);
            },
            first,
            second
        );
        ended.Trace.Events.Count(e => e.Kind == TraceKind.Healed).ShouldBe(2);
        ended.TimesOf(FaultRule.Parse(second).Kind)[^1].ShouldBe(Seconds(11));
    }

    [Fact]
    public void A_fault_of_programs_waits_for_a_host_that_has_one()
    {
        SimulatedWorld ended = Talk.Alone(
            async world =>
            {
                SimulatedHost server = world.Host("server");
                await WaitUntilAsync(world, Seconds(5));
                server.State.ShouldBe(HostState.Running);
                server.Start(_ => Programs.Forever);
                await WaitUntilAsync(world, Seconds(6));
                server.State.ShouldBe(HostState.Down);
            },
            By(Fault.Crash().At("server").At(Seconds(1)))
        );
        ended.TimesOf(FaultKind.Crash).ShouldBe([Seconds(5)]);
    }

    [Theory]
    [InlineData("crash at=1s on=server")]
    [InlineData("bounce at=1s for=500s on=server")]
    [InlineData("pause at=1s for=500s on=server")]
    [InlineData("throttle at=1s for=500s amount=30000000 on=server")]
    [InlineData("clock-drift at=1s for=500s amount=500000 on=server")]
    public void Stopping_faults_leaves_a_host_that_runs_at_its_usual_pace(string rule)
    {
        Ticking(
            async (world, server, ticks) =>
            {
                await WaitUntilAsync(world, Seconds(50));
                world.StopFaults();
                server.State.ShouldBe(HostState.Running);
                await WaitUntilAsync(world, Seconds(100));
                int before = ticks.Count;
                await WaitUntilAsync(world, Seconds(110));
                ticks.Count.ShouldBeInRange(before + 9, before + 11);
            },
            rule
        );
    }

    private static SimulatedWorld Ticking(
        Func<SimulatedWorld, SimulatedHost, List<TimeSpan>, Task> scenario,
        params string[] rules
    ) => Ticking(scenario, seed: 1, By([.. rules.Select(FaultRule.Parse)]));

    /// <summary>A host whose program notes the world's time each second of its own.</summary>
    internal static SimulatedWorld Ticking(
        Func<SimulatedWorld, SimulatedHost, List<TimeSpan>, Task> scenario,
        ulong seed,
        FaultProfile faults
    )
    {
        SimulatedWorld world = new(seed, faults, keepTrace: true);
        world
            .Run(
                () =>
                {
                    List<TimeSpan> ticks = [];
                    SimulatedHost server = world.Host("server");
                    server.Start(async self =>
                    {
                        while (true)
                        {
                            await Task.Delay(Seconds(1), self.TimeProvider);
                            ticks.Add(world.Scheduler.Now);
                        }
                    });
                    return scenario(world, server, ticks);
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
        return world;
    }
}
