using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of delay: how long bytes travel.</summary>
public sealed class DelayFaultTests
{
    private static readonly FaultProfile Steady = Calm with { Latency = LatencyDistribution.Constant(Ms(1)) };

    [Fact]
    [ShowsFault(FaultKind.Latency)]
    public void A_latency_takes_the_place_of_the_profiles_own()
    {
        Travel(By(Fault.Latency(LatencyDistribution.Constant(Ms(250))))).ShouldBe(Ms(250));
        Travel(Calm).ShouldBeLessThanOrEqualTo(Calm.Latency.Most);
    }

    [Fact]
    [ShowsFault(FaultKind.Jitter)]
    public void Jitter_makes_each_packet_take_another_time_and_none_overtakes()
    {
        TimeSpan[] shaken = Travels(Steady.With(Fault.Jitter(Ms(100), Ms(200))));
        shaken.ShouldAllBe(travel => travel >= Ms(101) && travel <= Ms(201));
        shaken.Distinct().Count().ShouldBeGreaterThan(10);
        Travels(Steady).ShouldAllBe(travel => travel == Ms(1));

        byte[] sent = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
        Talk.Between(
            async (_, client, server) =>
            {
                foreach (byte one in sent)
                {
                    client.Writer.Write([one]);
                }

                (await server.Reader.ReadExactlyAsync(sent.Length)).ShouldBe(sent);
            },
            By(Fault.Jitter(TimeSpan.Zero, Seconds(1)))
        );
    }

    [Fact]
    [ShowsFault(FaultKind.PairLatency)]
    public void The_latency_of_a_pair_stays_for_all_its_connections_and_each_direction_has_its_own()
    {
        FaultProfile far = Steady.With(Fault.PairLatency(Ms(100), Ms(300)));
        List<TimeSpan> there = [];
        List<TimeSpan> back = [];
        SimulatedWorld world = Talk.Between(
            async (world, client, server) =>
            {
                for (int i = 0; i < 5; i++)
                {
                    there.Add(await TravelAsync(world, client, server));
                    back.Add(await TravelAsync(world, server, client));
                }

                TimeSpan start = world.Scheduler.Now;
                await world.Host("client").OpenConnectionAsync(client.RemoteEndPoint!);
                (world.Scheduler.Now - start).ShouldBe(there[0] + back[0]);
            },
            far
        );
        there.Distinct().Count().ShouldBe(1);
        back.Distinct().Count().ShouldBe(1);
        there[0].ShouldBeInRange(Ms(101), Ms(301));
        there[0].ShouldNotBe(back[0]);
        world.TimesOf(FaultKind.PairLatency).Length.ShouldBe(2, "once for each direction");

        Travels(Steady).ShouldAllBe(travel => travel == Ms(1));
    }

    [Fact]
    public void The_latency_of_a_profile_lies_between_its_bounds()
    {
        FaultProfile slow = Calm with { Latency = LatencyDistribution.Uniform(Ms(40), Ms(90)) };
        for (ulong seed = 1; seed <= 30; seed++)
        {
            Travel(slow, seed).ShouldBeInRange(slow.Latency.Least, slow.Latency.Most);
        }
    }

    private static TimeSpan[] Travels(FaultProfile faults)
    {
        List<TimeSpan> travels = [];
        Talk.Between(
            async (world, client, server) =>
            {
                for (int i = 0; i < 20; i++)
                {
                    travels.Add(await TravelAsync(world, client, server));
                    await Task.Delay(Seconds(1), world.TimeProvider);
                }
            },
            faults
        );
        return [.. travels];
    }
}
