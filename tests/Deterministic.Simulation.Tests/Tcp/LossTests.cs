using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using Shouldly;

namespace Deterministic.Simulation.Tests;

/// <summary>What a program sees of packets that are lost, late or held: never anything but time, until TCP gives up.</summary>
public sealed class LossTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(300)]
    public void Whatever_share_of_packets_is_lost_the_bytes_arrive_once_and_in_order(int perMille)
    {
        byte[] sent = new byte[200_000];
        new Random(perMille).NextBytes(sent);
        for (ulong seed = 1; seed <= 10; seed++)
        {
            Talk.Between(
                async (world, client, server) =>
                {
                    foreach ((string from, string to) in new[] { ("client", "server"), ("server", "client") })
                    {
                        world.Link(world.Host(from), world.Host(to)).LossPerMille = perMille;
                    }

                    client.Writer.Write(sent);
                    client.Writer.WriteEof();
                    (await server.Reader.ReadToEndAsync()).ShouldBe(sent);
                },
                seed: seed
            );
        }
    }

    [Fact]
    public void A_lost_segment_arrives_after_the_retransmission_time_out()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                SimulatedLink there = world.Link(world.Host("client"), world.Host("server"));
                there.Partition();
                client.Writer.Write("x"u8);
                there.Heal();
                TimeSpan before = world.Scheduler.Now;
                await server.Reader.ReadExactlyAsync(1);

                // 200 ms is the least time-out of Linux; a second is the first one, before anything was measured.
                (world.Scheduler.Now - before).ShouldBeInRange(
                    TimeSpan.FromMilliseconds(200),
                    TimeSpan.FromMilliseconds(1100)
                );
                world.Trace.Events.ShouldContain(happened => happened.Kind == TraceKind.SentAgain);
            }
        );
    }

    [Fact]
    public void A_peer_that_falls_silent_times_out_once_retransmissions_are_exhausted()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                world.Link(world.Host("client"), world.Host("server")).Partition();
                TimeSpan before = world.Scheduler.Now;
                client.Writer.Write("x"u8);
                ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                    client.Reader.ReadAsync(1).AsTask()
                );
                error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
                error.Message.ShouldContain("server");
                (world.Scheduler.Now - before).ShouldBeInRange(
                    TcpOptions.Default.RetransmissionTimeout,
                    TcpOptions.Default.RetransmissionTimeout + TimeSpan.FromSeconds(120)
                );

                // The server got no packet about it: its connection is half open.
                server.Writer.IsClosing.ShouldBeFalse();
                server.Abort();
            }
        );
    }

    [Fact]
    public void A_host_that_does_not_answer_times_a_connect_out()
    {
        Talk.Alone(async world =>
        {
            world.Link(world.Host("client"), world.Host("server")).Partition();
            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                world.Host("client").OpenConnectionAsync("server", 80).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.TimedOut);
            world.Scheduler.Now.ShouldBeInRange(
                TcpOptions.Default.ConnectTimeout,
                TcpOptions.Default.ConnectTimeout + TimeSpan.FromSeconds(120)
            );
        });
    }

    [Fact]
    public void A_partition_of_one_direction_lets_bytes_arrive_and_their_sender_time_out()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                world.Link(world.Host("server"), world.Host("client")).Partition();
                client.Writer.Write("x"u8);
                (await server.Reader.ReadExactlyAsync(1)).ShouldBe("x"u8.ToArray());
                (await Talk.FailureOfAsync<ConnectionException>(client.Reader.ReadAsync(1).AsTask())).Kind.ShouldBe(
                    ConnectionErrorKind.TimedOut
                );
                server.Abort();
            }
        );
    }

    [Fact]
    public void What_a_link_holds_arrives_in_order_once_it_is_healed()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                SimulatedLink there = world.Link(world.Host("client"), world.Host("server"));
                there.Hold(TimeSpan.FromMinutes(1));
                TimeSpan before = world.Scheduler.Now;
                client.Writer.Write("one "u8);
                client.Writer.Write("two"u8);
                client.Writer.WriteEof();
                Talk.Text(await server.Reader.ReadToEndAsync()).ShouldBe("one two");
                (world.Scheduler.Now - before).ShouldBeInRange(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.1));
            }
        );
    }

    [Fact]
    public void A_lost_window_update_is_asked_for()
    {
        FaultProfile narrow = Talk.Calm with { Name = "narrow", WindowBytes = 1000 };
        Talk.Between(
            async (world, client, server) =>
            {
                byte[] sent = new byte[1_000_000];
                new Random(1).NextBytes(sent);
                client.Writer.Write(sent);

                // Until the reader, its window and the send buffer are full.
                await Task.Delay(TimeSpan.FromMinutes(1), world.TimeProvider);
                SimulatedLink back = world.Link(world.Host("server"), world.Host("client"));
                back.Partition();
                byte[] first = await server.Reader.ReadExactlyAsync(100_000);
                back.Heal();
                byte[] rest = await server.Reader.ReadExactlyAsync(sent.Length - first.Length);
                first.Concat(rest).ShouldBe(sent);
            },
            narrow
        );
    }
}
