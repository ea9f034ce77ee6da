using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of throughput: how much passes in which time, and who has to wait for it.</summary>
public sealed class ThroughputFaultTests
{
    private static readonly FaultProfile Steady = Calm with { Latency = LatencyDistribution.Constant(Ms(10)) };

    [Fact]
    [ShowsFault(FaultKind.Bandwidth)]
    public void Bandwidth_bounds_the_rate_and_a_full_queue_loses_what_TCP_sends_again()
    {
        const int Bytes = 200_000;
        const long Rate = 1_000_000;
        TimeSpan least = Seconds(Bytes * 8 / (double)Rate);

        TimeSpan took = Transfer(Bytes, By(Fault.Bandwidth(Rate, queueBytes: 1_000_000)), out _);
        took.ShouldBeGreaterThan(least);
        took.ShouldBeLessThan(1.3 * least);

        Transfer(Bytes, By(Fault.Bandwidth(Rate, queueBytes: 6_000)), out SimulatedWorld tight)
            .ShouldBeGreaterThan(least);
        tight.Sizes(TraceKind.SentAgain).ShouldNotBeEmpty();

        Transfer(Bytes, Calm, out SimulatedWorld calm).ShouldBeLessThan(0.2 * least);
        calm.Sizes(TraceKind.SentAgain).ShouldBeEmpty();
    }

    [Fact]
    public void Bandwidth_is_of_one_direction_of_one_pair()
    {
        FaultProfile faults = By(Fault.Bandwidth(1_000_000).On("server", "client"));
        Transfer(200_000, faults, out _).ShouldBeLessThan(Seconds(0.4));
        Transfer(200_000, By(Fault.Bandwidth(1_000_000).On("client", "server")), out _)
            .ShouldBeGreaterThan(Seconds(1.6));
    }

    [Fact]
    [ShowsFault(FaultKind.Bufferbloat)]
    public void Bufferbloat_makes_a_small_message_late_behind_a_large_one_of_another_connection_and_loses_nothing()
    {
        FaultProfile bloated = By(Fault.Bufferbloat(bitsPerSecond: 1_000_000));
        SmallBehindLarge(bloated).ShouldBeInRange(Seconds(0.4), Seconds(0.7));
        SmallBehindLarge(Calm).ShouldBeLessThan(Soon);

        static TimeSpan SmallBehindLarge(FaultProfile faults)
        {
            TimeSpan late = default;
            byte[] large = new byte[60_000];
            new Random(1).NextBytes(large);
            Talk.Alone(
                async world =>
                {
                    List<Connection> accepted = [];
                    await world
                        .Host("server")
                        .StartServerAsync(
                            connection =>
                            {
                                accepted.Add(connection);
                                return new TaskCompletionSource().Task;
                            },
                            port: 80
                        );
                    Connection one = await world.Host("client").OpenConnectionAsync("server", 80);
                    await TravelAsync(world, one, await NextAsync(world, accepted, 0));
                    Connection two = await world.Host("client").OpenConnectionAsync("server", 80);
                    await TravelAsync(world, two, await NextAsync(world, accepted, 1));
                    one.Writer.Write(large);
                    late = await TravelAsync(world, two, accepted[1]);
                    (await accepted[0].Reader.ReadExactlyAsync(large.Length)).ShouldBe(large);
                },
                faults
            );
            return late;
        }
    }

    [Fact]
    [ShowsFault(FaultKind.Window)]
    public void A_small_window_costs_a_round_trip_for_each_of_its_fillings()
    {
        const int Bytes = 10_000;
        TimeSpan narrow = Transfer(Bytes, Steady.With(Fault.Window(1000)), out SimulatedWorld world);
        world.Sizes(TraceKind.Received).ShouldAllBe(size => size <= 1000);

        // Ten fillings: the first takes one way, each further one the way back and there.
        narrow.ShouldBeInRange(Ms(10 + (9 * 20)), Ms(10 + (20 * 20)));
        Transfer(Bytes, Steady, out _).ShouldBe(Ms(10));
    }

    [Fact]
    public void A_window_of_one_byte_lets_one_byte_after_the_other_through()
    {
        OneWrite(20, By(Fault.Window(1))).Sizes(TraceKind.Received).ShouldBe(Enumerable.Repeat(1, 20));
        OneWrite(20, Calm with { WindowBytes = 1 }).Sizes(TraceKind.Received).ShouldBe(Enumerable.Repeat(1, 20));
    }

    [Fact]
    [ShowsFault(FaultKind.ZeroWindow)]
    public void A_zero_window_blocks_a_drain_for_its_time_and_without_it_a_drain_passes()
    {
        DrainTime(By(Fault.ZeroWindow(Seconds(5)).AtMost(1))).ShouldBeInRange(Seconds(4.9), Seconds(5.1));
        DrainTime(Calm).ShouldBeLessThan(Soon);

        static TimeSpan DrainTime(FaultProfile faults)
        {
            TimeSpan blocked = default;
            byte[] sent = new byte[300_000];
            new Random(1).NextBytes(sent);
            Talk.Between(
                async (world, client, server) =>
                {
                    await TravelAsync(world, client, server);
                    Task<byte[]> all = server.Reader.ReadExactlyAsync(sent.Length).AsTask();
                    await Task.Delay(Ms(10), world.TimeProvider);
                    TimeSpan start = world.Scheduler.Now;
                    client.Writer.Write(sent);
                    await client.Writer.DrainAsync();
                    blocked = world.Scheduler.Now - start;
                    (await all).ShouldBe(sent);
                },
                faults
            );
            return blocked;
        }
    }

    [Fact]
    public void What_arrives_at_a_shut_window_does_not_shut_it_again()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[30_000]);
                await Task.Delay(Seconds(5), world.TimeProvider);
                world.TimesOf(FaultKind.ZeroWindow).Length.ShouldBe(1);
                await server.Reader.ReadExactlyAsync(30_000);
            },
            By(Fault.ZeroWindow(Seconds(10)))
        );
    }

    private static TimeSpan Transfer(int bytes, FaultProfile faults, out SimulatedWorld ended)
    {
        TimeSpan took = default;
        byte[] sent = new byte[bytes];
        new Random(1).NextBytes(sent);
        ended = Talk.Between(
            async (world, client, server) =>
            {
                TimeSpan start = world.Scheduler.Now;
                client.Writer.Write(sent);
                (await server.Reader.ReadExactlyAsync(bytes)).ShouldBe(sent);
                took = world.Scheduler.Now - start;
            },
            faults
        );
        return took;
    }

    private static async Task<Connection> NextAsync(SimulatedWorld world, List<Connection> accepted, int index)
    {
        while (accepted.Count <= index)
        {
            await Task.Delay(Ms(1), world.TimeProvider);
        }

        return accepted[index];
    }
}
