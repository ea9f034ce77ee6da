using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Streams;
using Shouldly;

namespace Deterministic.Simulation.Tests;

/// <summary>What is left of a connection after its programs have let go.</summary>
public sealed class ClosingTests
{
    [Fact]
    public void What_a_program_wrote_before_it_closed_arrives_even_if_it_must_be_sent_again()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                SimulatedLink there = world.Link(world.Host("client"), world.Host("server"));
                there.Partition();
                client.Writer.Write("last words"u8);
                client.Writer.Close();
                await client.Writer.WaitClosedAsync();
                there.Heal();
                Talk.Text(await server.Reader.ReadToEndAsync()).ShouldBe("last words");
            }
        );
    }

    [Fact]
    public void A_peer_that_writes_to_a_closed_connection_is_reset()
    {
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Close();
                await client.Writer.WaitClosedAsync();
                server.Writer.Write("too late"u8);
                (await server.Reader.ReadToEndAsync()).ShouldBeEmpty();
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                server.Writer.Write("still"u8);
                (
                    await Talk.FailureOfAsync<ConnectionException>(server.Writer.DrainAsync().AsTask())
                ).Kind.ShouldBeOneOf(ConnectionErrorKind.Reset, ConnectionErrorKind.BrokenPipe);
            }
        );
    }

    [Fact]
    public void The_close_of_a_connection_that_was_reset_with_bytes_unread_says_nothing_more()
    {
        SimulatedWorld world = Talk.Between(
            async (world, client, server) =>
            {
                // So many that the window is closed, and a discard would be worth an update.
                client.Writer.Write(new byte[1024 * 1024]);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                client.Abort();
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                server.Writer.Close();
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            }
        );
        world.Trace.Events.Count(happened => happened.Kind == TraceKind.SentReset).ShouldBe(1);
    }

    [Fact]
    public void The_side_that_closed_first_keeps_its_port_for_the_time_of_TIME_WAIT()
    {
        Talk.Alone(async world =>
        {
            await world.Host("server").StartServerAsync((Connection _) => Task.CompletedTask, port: 80);
            SimulatedHost host = world.Host("client");
            int inUse = 0;
            for (int i = 0; i < 20; i++)
            {
                Connection connection = await host.OpenConnectionAsync("server", 80);
                connection.Writer.Close();
                inUse++;
            }

            host.Tcp.Count.ShouldBe(inUse);
            await Task.Delay(TcpOptions.Default.TimeWait * 2, world.TimeProvider);
            host.Tcp.Count.ShouldBe(0);
            world.Host("server").Tcp.Count.ShouldBe(0);
        });
    }

    [Fact]
    public void Ports_run_out_and_come_back()
    {
        Talk.Alone(async world =>
        {
            await world
                .Host("server")
                .StartServerAsync(static async (reader, _) => await reader.ReadToEndAsync(), port: 80);
            SimulatedHost host = world.Host("client");
            List<Connection> open = [];
            for (int port = TcpDefaults.FirstEphemeralPort; port <= TcpDefaults.LastEphemeralPort; port++)
            {
                open.Add(await host.OpenConnectionAsync("server", 80));
            }

            ConnectionException error = await Talk.FailureOfAsync<ConnectionException>(
                host.OpenConnectionAsync("server", 80).AsTask()
            );
            error.Kind.ShouldBe(ConnectionErrorKind.AddressNotAvailable);
            error.Message.ShouldContain("no free port");

            // A reset has no TIME-WAIT.
            open[0].Abort();
            await using Connection again = await host.OpenConnectionAsync("server", 80);
            again.LocalEndPoint.ShouldBe(open[0].LocalEndPoint);
            open.ForEach(connection => connection.Abort());
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_has_arrived_is_read_however_long_ago_the_connection_ended(bool readerEndsFirst)
    {
        const int Sent = 180_000;
        Talk.Between(
            async (world, client, server) =>
            {
                if (readerEndsFirst)
                {
                    server.Writer.WriteEof();
                    await client.Reader.ReadToEndAsync();
                }

                client.Writer.Write(new byte[Sent]);
                client.Writer.WriteEof();

                // The reader is full and the rest is in the kernel, long after both ends are acknowledged and TIME-WAIT is over.
                await Task.Delay(TimeSpan.FromMinutes(10), world.TimeProvider);
                server.Reader.Buffered.ShouldBeLessThan(Sent);
                if (!readerEndsFirst)
                {
                    server.Writer.WriteEof();
                    await Task.Delay(TimeSpan.FromMinutes(10), world.TimeProvider);
                }

                (await server.Reader.ReadToEndAsync()).Length.ShouldBe(Sent);
            }
        );
    }
}
