using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of delay and throughput on a decorated network.</summary>
public sealed class DecoratedTravelTests
{
    [Theory]
    [InlineData("latency latency=uniform:2s,3s", true)]
    [InlineData("latency latency=uniform:2s,3s", false)]
    [InlineData("jitter for=2s..3s", true)]
    [InlineData("jitter for=2s..3s", false)]
    [InlineData("pair-latency for=2s..3s", true)]
    [InlineData("pair-latency for=2s..3s", false)]
    [InlineData("stall for=2s..3s", true)]
    [InlineData("stall for=2s..3s", false)]
    [ShowsDecoratedFault(FaultKind.Latency)]
    [ShowsDecoratedFault(FaultKind.Jitter)]
    [ShowsDecoratedFault(FaultKind.PairLatency)]
    [ShowsDecoratedFault(FaultKind.Stall)]
    public void What_is_sent_in_one_direction_is_late_and_the_other_is_as_it_was(string fault, bool outgoing)
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                (TimeSpan there, TimeSpan back) = await Decorated.TravelBothWaysAsync(world, client, server);
                (outgoing ? there : back).ShouldBeInRange(Seconds(2), Seconds(3) + Soon);
                (outgoing ? back : there).ShouldBeLessThan(Soon);
            },
            FaultRule.Parse(fault).Going(outgoing)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_late_is_under_way_together_and_stays_in_order(bool outgoing)
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                (Connection from, Connection to) = outgoing ? (client, server) : (server, client);
                TimeSpan start = world.Scheduler.Now;
                for (int number = 0; number < 200; number++)
                {
                    from.Writer.Write([(byte)number]);
                    await world.SleepAsync(0.001);
                }

                (await to.Reader.ReadExactlyAsync(200)).ShouldBe(Enumerable.Range(0, 200).Select(n => (byte)n));
                (world.Scheduler.Now - start).ShouldBeLessThan(Seconds(2));
            },
            Fault.Jitter(TimeSpan.Zero, Seconds(1))
        );
    }

    [Fact]
    public void Pair_latency_is_the_same_for_all_that_is_sent_and_for_all_connections()
    {
        Decorated.Between(
            async (world, faulty, client, server) =>
            {
                TimeSpan first = await TravelAsync(world, client, server);
                first.ShouldBeGreaterThan(Soon);
                (await TravelAsync(world, client, server)).ShouldBeInRange(first - Soon, first + Soon);
            },
            Fault.PairLatency(TimeSpan.Zero, Seconds(100)).On("client", "server")
        );
    }

    [Theory]
    [InlineData("bandwidth amount=1000000", true)]
    [InlineData("bandwidth amount=1000000", false)]
    [InlineData("bufferbloat amount=1000000", true)]
    [InlineData("bufferbloat amount=1000000", false)]
    [ShowsDecoratedFault(FaultKind.Bandwidth)]
    [ShowsDecoratedFault(FaultKind.Bufferbloat)]
    public void A_slow_line_bounds_the_rate_and_loses_nothing(string fault, bool outgoing)
    {
        Transfer(FaultRule.Parse(fault).Going(outgoing), outgoing).ShouldBeInRange(Seconds(1.6), Seconds(1.75));
        Transfer(FaultRule.Parse(fault).Going(!outgoing), outgoing).ShouldBeLessThan(Seconds(0.5));

        static TimeSpan Transfer(FaultRule rule, bool outgoing)
        {
            byte[] sent = new byte[200_000];
            new Random(1).NextBytes(sent);
            TimeSpan took = default;
            Decorated.Between(
                async (world, client, server) =>
                {
                    (Connection from, Connection to) = outgoing ? (client, server) : (server, client);
                    TimeSpan start = world.Scheduler.Now;
                    from.Writer.Write(sent);
                    (await to.Reader.ReadExactlyAsync(sent.Length)).ShouldBe(sent);
                    took = world.Scheduler.Now - start;
                },
                rule
            );
            return took;
        }
    }

    [Fact]
    public void A_slow_line_is_shared_by_all_connections_between_two_hosts()
    {
        Decorated.Between(
            async (world, faulty, client, server) =>
            {
                List<Connection> accepted = [];
                await using StreamServer other = await world
                    .Host("server")
                    .StartServerAsync(
                        connection =>
                        {
                            accepted.Add(connection);
                            return new TaskCompletionSource().Task;
                        },
                        port: 81
                    );
                Connection second = await faulty.OpenConnectionAsync("server", 81);
                await world.SleepAsync(1);
                client.Writer.Write(new byte[60_000]);
                (await TravelAsync(world, second, accepted[0])).ShouldBeGreaterThan(Seconds(0.48));
            },
            Fault.Bufferbloat(1_000_000)
        );
    }

    [Fact]
    [ShowsDecoratedFault(FaultKind.ZeroWindow)]
    public void A_zero_window_stops_receiving_for_a_while_so_that_who_sends_must_wait()
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                byte[] sent = new byte[500_000];
                new Random(1).NextBytes(sent);
                Task<byte[]> all = client.Reader.ReadExactlyAsync(sent.Length).AsTask();
                TimeSpan start = world.Scheduler.Now;
                server.Writer.Write(sent);
                await server.Writer.DrainAsync();
                (world.Scheduler.Now - start).ShouldBeInRange(Seconds(5), Seconds(5.2));
                (await all).ShouldBe(sent);
            },
            Fault.ZeroWindow(Seconds(5)).AtMost(1)
        );
    }

    [Fact]
    public void What_is_on_its_way_is_bounded_and_a_sender_waits_for_room()
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[1_000_000]);
                await world.SleepAsync(1);
                client.Writer.IsPaused.ShouldBeTrue();
                await server.Reader.ReadExactlyAsync(1_000_000);
                client.Writer.IsPaused.ShouldBeFalse();
            },
            Fault.Hold(Seconds(10)).On("client", "server")
        );
    }
}
