using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Each fault shows its effect on a stream, and its absence when off.</summary>
public sealed class FaultTests
{
    private static readonly FaultProfile None = FaultProfiles.Calm;

    [Fact]
    public void Split_cuts_a_write_into_segments_and_without_it_a_write_arrives_as_one()
    {
        SegmentsOf(100, None).ShouldBe([100]);
        int[] cut = SegmentsOf(100, None.With(Fault.Slicer()));
        cut.Length.ShouldBeGreaterThan(1);
        cut.Sum().ShouldBe(100);
    }

    [Fact]
    public void Short_write_takes_a_part_and_without_it_a_write_is_taken_whole()
    {
        Sends(None).ShouldBe([100]);
        int[] parts = Sends(None.With(Fault.ShortWrite()));
        parts.Length.ShouldBeGreaterThan(1);
        parts.Sum().ShouldBe(100);

        static int[] Sends(FaultProfile faults) => Counts(TraceKind.Sent, OneWrite(100, faults));
    }

    [Fact]
    public void Short_read_hands_out_a_part_and_without_it_all_that_arrived()
    {
        FirstRead(None).ShouldBe(100);
        FirstRead(None.With(Fault.ShortRead())).ShouldBeLessThan(100);

        static long FirstRead(FaultProfile faults)
        {
            long first = 0;
            Talk.Between(
                async (_, client, server) =>
                {
                    client.Writer.Write(new byte[100]);
                    first = (await server.Reader.ReadAsync(100)).Length;
                },
                faults
            );
            return first;
        }
    }

    [Fact]
    public void Stall_holds_a_segment_up_and_without_it_nothing_takes_longer_than_the_latency()
    {
        Travel(None).ShouldBeLessThanOrEqualTo(None.Latency.Most);
        FaultProfile stalls = None.With(Fault.Stall(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10)));
        Travel(stalls).ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10) + stalls.Latency.Most);

        static TimeSpan Travel(FaultProfile faults)
        {
            TimeSpan travel = default;
            Talk.Between(
                async (world, client, server) =>
                {
                    TimeSpan start = world.Scheduler.Now;
                    client.Writer.Write("x"u8);
                    await server.Reader.ReadAsync(1);
                    travel = world.Scheduler.Now - start;
                },
                faults
            );
            return travel;
        }
    }

    [Fact]
    public void Reset_breaks_both_ends_and_without_it_none()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("x"u8);
                await server.Reader.ReadAsync(1);
                ConnectionException near = await Talk.FailureOfAsync<ConnectionException>(
                    client.Reader.ReadAsync(1).AsTask()
                );
                ConnectionException far = await Talk.FailureOfAsync<ConnectionException>(
                    server.Reader.ReadAsync(1).AsTask()
                );
                near.Kind.ShouldBe(ConnectionErrorKind.Reset);
                far.Kind.ShouldBe(ConnectionErrorKind.Reset);
            },
            None.With(Fault.Reset())
        );
        SimulatedWorld calm = OneWrite(100, None);
        calm.Trace.Events.ShouldNotContain(happened => happened.Kind == TraceKind.ReceivedReset);
    }

    [Fact]
    public void Refused_turns_a_client_away_from_a_server_that_listens_and_without_it_none()
    {
        Refused(None).ShouldBeFalse();
        Refused(None.With(Fault.Refused())).ShouldBeTrue();

        static bool Refused(FaultProfile faults)
        {
            bool refused = false;
            Talk.Alone(
                async world =>
                {
                    await world.Host("server").StartServerAsync(_ => Task.CompletedTask, port: 80);
                    try
                    {
                        await world.Host("client").OpenConnectionAsync("server", 80);
                    }
                    catch (ConnectionException error) when (error.Kind == ConnectionErrorKind.Refused)
                    {
                        refused = true;
                    }
                },
                faults
            );
            return refused;
        }
    }

    [Fact]
    public void Latency_lies_between_its_bounds()
    {
        FaultProfile faults = None with
        {
            Name = "slow",
            Latency = LatencyDistribution.Uniform(TimeSpan.FromMilliseconds(40), TimeSpan.FromMilliseconds(90)),
        };
        for (ulong seed = 1; seed <= 30; seed++)
        {
            Talk.Between(
                async (world, client, server) =>
                {
                    TimeSpan start = world.Scheduler.Now;
                    client.Writer.Write("x"u8);
                    await server.Reader.ReadAsync(1);
                    (world.Scheduler.Now - start).ShouldBeInRange(faults.Latency.Least, faults.Latency.Most);
                },
                faults,
                seed
            );
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_probability_outside_a_thousand_is_refused(int value)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Fault.Slicer().WithProbability(value));
        Should.Throw<ArgumentOutOfRangeException>(() => None with { SwarmPerMille = value });
    }

    [Fact]
    public void Profiles_are_found_by_their_names()
    {
        foreach (FaultProfile profile in FaultProfiles.All)
        {
            FaultProfiles.Find(profile.Name).ShouldBeSameAs(profile);
            profile.Description.ShouldNotBeEmpty();
        }

        FaultProfiles.Find("no-such").ShouldBeNull();
    }

    private static SimulatedWorld OneWrite(int bytes, FaultProfile faults) =>
        Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write(new byte[bytes]);
                await server.Reader.ReadExactlyAsync(bytes);
            },
            faults
        );

    private static int[] SegmentsOf(int bytes, FaultProfile faults) =>
        Counts(TraceKind.Received, OneWrite(bytes, faults));

    private static int[] Counts(TraceKind kind, SimulatedWorld world) =>
        [.. world.Trace.Events.Where(happened => happened.Kind == kind).Select(happened => (int)happened.Number)];
}
