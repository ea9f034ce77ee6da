using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults at points in time among each other, with what a scenario asks for, and with a run that ends.</summary>
public sealed class DisruptionSchedulerTests
{
    [Fact]
    public void Of_several_blocks_of_a_link_the_worst_counts_until_the_last_is_over()
    {
        FaultProfile faults = By(
            Fault.Hold(Seconds(10)).On("client", "server").At(Seconds(1)),
            Fault.Hold(Seconds(4)).On("client", "server").At(Seconds(2)),
            Fault.PartitionOneWay(Seconds(3)).On("client", "server").At(Seconds(4))
        );
        List<LinkState> states = [];
        Talk.Between(
            async (world, _, _) =>
            {
                SimulatedLink link = world.Link(world.Host("client"), world.Host("server"));
                for (double second = 0.5; second < 12; second++)
                {
                    await WaitUntilAsync(world, Seconds(second));
                    states.Add(link.State);
                }
            },
            faults
        );
        string.Concat(states.Select(state => state.ToString()[0])).ShouldBe("OHHHPPPHHHHO");
    }

    [Fact]
    public void What_a_scenario_asks_of_a_link_and_what_faults_do_to_it_do_not_undo_each_other()
    {
        FaultProfile faults = By(Fault.Hold(Seconds(4)).On("client", "server").At(Seconds(2)));
        List<LinkState> states = [];
        Talk.Between(
            async (world, client, server) =>
            {
                SimulatedLink link = world.Link(world.Host("client"), world.Host("server"));
                link.Partition();
                await SeeAsync(1.5);
                await SeeAsync(3.5);
                link.Heal();
                await SeeAsync(4);
                client.Writer.Write("x"u8);
                link.Hold();
                await SeeAsync(7);
                server.Reader.Buffered.ShouldBe(0);
                link.Heal();
                await SeeAsync(8);
                server.Reader.Buffered.ShouldBe(1);

                async Task SeeAsync(double second)
                {
                    await WaitUntilAsync(world, Seconds(second));
                    states.Add(link.State);
                }
            },
            faults
        );
        string.Concat(states.Select(state => state.ToString()[0])).ShouldBe("PPHHO");
    }

    [Fact]
    public void A_partition_that_comes_to_a_held_link_loses_what_it_holds()
    {
        FaultProfile faults = By(
            Fault.Hold(Seconds(20)).On("client", "server").At(Seconds(1)),
            Fault.PartitionOneWay(Seconds(1)).On("client", "server").At(Seconds(3))
        );
        SimulatedWorld ended = Talk.Between(
            async (world, client, server) =>
            {
                await WaitUntilAsync(world, Seconds(2));
                client.Writer.Write("x"u8);
                await server.Reader.ReadExactlyAsync(1);
                world.Scheduler.Now.ShouldBeGreaterThanOrEqualTo(Seconds(21));
            },
            faults
        );
        ended.Sizes(TraceKind.SentAgain).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_fault_that_strikes_at_once_waits_for_its_victims()
    {
        SimulatedWorld world = Talk.Alone(
            async world =>
            {
                world.Host("one");
                await WaitUntilAsync(world, Seconds(5));
                world.Host("other");
                await WaitUntilAsync(world, Seconds(30));
            },
            By(Fault.Partition(Seconds(10)), Fault.Isolate(Seconds(1)).At("other").At(Seconds(2)))
        );
        world.TimesOf(FaultKind.Partition).ShouldBe([Seconds(5)]);
        world.TimesOf(FaultKind.Isolate).ShouldBe([Seconds(5)]);
    }

    [Fact]
    public void The_trace_tells_when_a_fault_begins_and_ends_and_how_long_it_lasts()
    {
        SimulatedWorld world = Talk.Alone(
            async world =>
            {
                world.Host("one");
                world.Host("other");
                await WaitUntilAsync(world, Seconds(30));
            },
            By(Fault.Isolate(Seconds(10)).At("one").At(Seconds(2)))
        );
        TraceEvent[] told =
        [
            .. world.Trace.Events.Where(happened => string.Equals(happened.Text, "isolate", StringComparison.Ordinal)),
        ];
        told.Select(happened => (happened.Time, happened.Kind, happened.Host, happened.Number))
            .ShouldBe([(Seconds(2), TraceKind.Fault, "one", 10_000_000), (Seconds(12), TraceKind.Healed, "one", 0)]);
    }

    public static TheoryData<string> AgainAndAgain =>
        new(
            FaultCatalog
                .All.Where(fault => fault.Timing == FaultTiming.AtTimes)
                .Select(fault =>
                    string.Join(
                        ' ',
                        fault.Name,
                        fault.Settings.HasFlag(FaultSetting.Time) ? "for=1s..30s" : "",
                        fault.Settings.HasFlag(FaultSetting.Amount) ? "amount=1000" : "",
                        "every=5s"
                    )
                )
        );

    [Theory]
    [MemberData(nameof(AgainAndAgain))]
    public void Faults_that_strike_again_and_again_hide_no_deadlock(string rule)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            RunResult result = Deadlock(By(FaultRule.Parse(rule), FaultRule.Parse(rule)), seed);
            result.Outcome.ShouldBe(RunOutcome.Deadlocked);
            result.Now.ShouldBeLessThan(TimeSpan.FromMinutes(5));
        }
    }

    [Fact]
    public void A_fault_that_will_let_something_go_is_waited_for()
    {
        FaultProfile faults = By(Fault.Hold(Seconds(500)).On("server", "client").At(Seconds(1)));
        Talk.Between(
            async (world, client, server) =>
            {
                await WaitUntilAsync(world, Seconds(2));

                // A reset is not sent again: nothing but the end of the fault brings it.
                server.Abort();
                (await client.Reader.LossAsync()).ShouldBe(Core.ConnectionErrorKind.Reset);
                world.Scheduler.Now.ShouldBeInRange(Seconds(501), Seconds(501) + Soon);
            },
            faults
        );
    }

    [Fact]
    public void Stopping_faults_opens_every_link_and_no_fault_strikes_again()
    {
        FaultProfile faults = FaultProfiles.Chaos.Without([
            .. FaultCatalog.All.Where(fault => fault.Group == FaultGroup.Host).Select(fault => fault.Kind),
        ]) with
        {
            SwarmPerMille = 0,
        };
        for (ulong seed = 1; seed <= 10; seed++)
        {
            TimeSpan stopped = default;
            SimulatedWorld world = new(seed, faults, keepTrace: true);
            string[] names = ["server", "client", "other"];
            world
                .Run(
                    async () =>
                    {
                        Array.ForEach(names, name => world.Host(name));
                        await WaitUntilAsync(world, Seconds(100));
                        world.StopFaults();
                        stopped = world.Scheduler.Now;
                        foreach (string from in names)
                        {
                            foreach (string to in names)
                            {
                                world.Link(world.Host(from), world.Host(to)).State.ShouldBe(LinkState.Open);
                            }
                        }

                        await using StreamServer server = await world
                            .Host("server")
                            .StartServerAsync(async (reader, _) => await reader.ReadToEndAsync(), port: 80);
                        Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
                        client.Writer.Write(new byte[50_000]);
                        client.Writer.Close();
                        await client.Writer.WaitClosedAsync();
                        await WaitUntilAsync(world, stopped + Seconds(500));
                    },
                    World.Limits
                )
                .ThrowIfNotCompleted();
            world
                .Trace.Events.Where(happened => happened.Kind == TraceKind.Fault)
                .ShouldAllBe(happened => happened.Time <= stopped);
        }
    }

    [Fact]
    public void Stopping_faults_opens_a_shut_window_and_lets_go_what_was_kept_back()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("x"u8);
                await Task.Delay(Ms(10), world.TimeProvider);
                server.Reader.Buffered.ShouldBe(0, "it waits for more");
                world.StopFaults();
                await server.Reader.ReadExactlyAsync(1);
                world.Scheduler.Now.ShouldBeLessThan(Seconds(1));
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon);
            },
            By(Fault.Coalescing(Seconds(900)))
        );
        Talk.Between(
            async (world, client, server) =>
            {
                await TravelAsync(world, client, server);
                await Task.Delay(Ms(10), world.TimeProvider);
                client.Writer.Write("x"u8);
                await Task.Delay(Ms(10), world.TimeProvider);
                server.Reader.Buffered.ShouldBe(0, "there is no room for it");
                world.StopFaults();
                await server.Reader.ReadExactlyAsync(1);
                world.Scheduler.Now.ShouldBeLessThan(Seconds(1));
            },
            By(Fault.ZeroWindow(Seconds(900)))
        );
    }

    [Fact]
    public void Stopping_faults_lets_a_write_leave_whole_again()
    {
        SimulatedWorld ended = Talk.Between(
            async (world, client, server) =>
            {
                world.StopFaults();
                client.Writer.Write(new byte[1400]);
                await server.Reader.ReadExactlyAsync(1400);
            },
            By(Fault.AbortAfter(1000))
        );
        ended.Sizes(TraceKind.Sent).ShouldBe([1400]);
    }

    private static RunResult Deadlock(FaultProfile faults, ulong seed)
    {
        SimulatedWorld world = new(seed, faults);
        return world.Run(
            async () =>
            {
                await using StreamServer server = await world
                    .Host("server")
                    .StartServerAsync(async (reader, _) => await reader.ReadToEndAsync(), port: 80);
                world.Host("other").Start(_ => new TaskCompletionSource().Task);
                Connection client = await world.Host("client").OpenConnectionAsync("server", 80);

                // During faults that last longer than they are apart.
                await WaitUntilAsync(world, Seconds(100));
                await client.Reader.ReadAsync(1);
            },
            World.Limits
        );
    }
}
