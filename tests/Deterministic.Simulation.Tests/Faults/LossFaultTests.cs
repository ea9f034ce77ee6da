using Deterministic.Core;
using Deterministic.Faults;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of loss: a stall while TCP sends again, a time-out once it gives up, never a missing byte.</summary>
public sealed class LossFaultTests
{
    private static readonly TimeSpan Patience = TcpOptions.Default.RetransmissionTimeout;

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(300)]
    [ShowsFault(FaultKind.Loss)]
    public void Lost_packets_are_sent_again_until_every_byte_has_arrived_and_without_loss_none_is(int perMille)
    {
        byte[] sent = new byte[100_000];
        new Random(1).NextBytes(sent);
        SimulatedWorld world = Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write(sent);
                client.Writer.WriteEof();
                (await server.Reader.ReadToEndAsync()).ShouldBe(sent);
            },
            By(Fault.Loss().WithProbability(perMille))
        );
        (world.Sizes(TraceKind.SentAgain).Length > 0).ShouldBe(perMille > 0);
        (world.TimesOf(FaultKind.Loss).Length > 0).ShouldBe(perMille > 0);
    }

    [Fact]
    public void A_lost_packet_is_a_stall_of_a_retransmission_time_out()
    {
        FaultProfile lossy = By(Fault.Loss().On("client", "server").During(Seconds(1), Seconds(1.05)));
        Talk.Between(
            async (world, client, server) =>
            {
                await WaitUntilAsync(world, Seconds(1));
                (await TravelAsync(world, client, server)).ShouldBeInRange(Ms(200), Ms(1100));
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon);
            },
            lossy
        );
    }

    [Fact]
    public void A_link_that_loses_everything_times_its_sender_out_and_tells_its_receiver_nothing()
    {
        FaultProfile lossy = By(Fault.Loss().During(Seconds(1), TimeSpan.MaxValue));
        Talk.Between(
            async (world, client, server) =>
            {
                await WaitUntilAsync(world, Seconds(1));
                client.Writer.Write("x"u8);
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    client.Reader.ReadAsync(1).AsTask()
                );
                error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                (world.Scheduler.Now - Seconds(1)).ShouldBeInRange(Patience, Patience + Seconds(120));
                server.Reader.Exception.ShouldBeNull();
                server.Abort();
            },
            lossy
        );
    }

    [Fact]
    public void The_time_that_a_peer_has_to_answer_begins_when_it_is_sent_something()
    {
        // The window is shut for longer than a sender is patient; then the first segment behind it is lost once.
        FaultProfile faults = By(
            Fault.ZeroWindow(Seconds(950)).AtMost(1),
            Fault.Loss().On("client", "server").During(Seconds(949), Seconds(955)).AtMost(1)
        );
        Talk.Between(
            async (world, client, server) =>
            {
                await TravelAsync(world, client, server);
                await Task.Delay(Ms(10), world.TimeProvider);
                (await TravelAsync(world, client, server)).ShouldBeInRange(Seconds(949), Seconds(960));
            },
            faults
        );
    }

    [Fact]
    [ShowsFault(FaultKind.Stall)]
    public void A_stall_holds_a_segment_up_and_without_it_nothing_takes_longer_than_the_latency()
    {
        FaultProfile stalls = By(Fault.Stall(Seconds(1), Seconds(10)));
        Travel(stalls).ShouldBeInRange(Seconds(1), Seconds(10) + Calm.Latency.Most);
        Travel(Calm).ShouldBeLessThanOrEqualTo(Calm.Latency.Most);
    }

    [Fact]
    public void All_that_is_behind_a_stalled_segment_waits_for_it()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("first "u8);
                client.Writer.Write("second"u8);
                Talk.Text(await server.Reader.ReadExactlyAsync(12)).ShouldBe("first second");
                world.Scheduler.Now.ShouldBeInRange(Seconds(5), Seconds(5) + Soon);
            },
            By(Fault.Stall(Seconds(5)).Nth(1))
        );
    }
}
