using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Bytes that are lost because an end was closed: the story says how many, and which.</summary>
public sealed class DroppedBytesTests
{
    /// <summary>More than the reader of a connection takes ahead of its program.</summary>
    private const int Much = 1 << 20;

    [Fact]
    public void What_was_not_read_before_a_close_is_dropped()
    {
        SimulatedWorld world = Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[Much]);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                server.Writer.Close();
                await ClosedAsync(client);
            }
        );
        (string text, long count) = Dropped(world, "server")[0];
        text.ShouldBe("not read before the close");
        count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void What_arrives_after_a_close_is_dropped()
    {
        SimulatedWorld world = Talk.Between(
            async (world, client, server) =>
            {
                server.Writer.Close();
                await server.Writer.WaitClosedAsync();
                client.Writer.Write("hello"u8);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                await ClosedAsync(client);
            }
        );
        Dropped(world, "server").ShouldBe([("arrived after the close", 5L)]);
    }

    [Fact]
    public void What_the_program_writes_after_its_close_is_dropped()
    {
        SimulatedWorld world = Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write("hello"u8);
                client.Writer.Close();
                client.Writer.Write("and more"u8);
                (await server.Reader.ReadToEndAsync()).Length.ShouldBe(5);
            }
        );
        Dropped(world, "client").ShouldBe([("written after the close or the loss", 8L)]);
    }

    [Fact]
    public void Over_TLS_as_well_and_close_notify_does_not_count()
    {
        SimulatedWorld world = Talk.Alone(async world =>
        {
            ServerOptions options = new() { Tls = new TlsServerOptions(Certificates.Issue("server")) };
            await using StreamServer server = await world
                .Host("server")
                .StartServerAsync(async connection => await connection.Reader.ReadToEndAsync(), "server", 7, options);
            ClientOptions secured = new()
            {
                Tls = new TlsClientOptions { Authentication = Certificates.ClientAuthentication() },
            };
            Connection client = await world.Host("client").OpenConnectionAsync("server", 7, secured);
            client.Writer.Close();
            client.Writer.Write("late"u8);
            await client.Writer.WaitClosedAsync();
        });
        Dropped(world, "client").ShouldBe([("written after the close or the loss", 4L)]);
    }

    [Fact]
    public void Many_dropped_writes_are_few_events_with_their_sum()
    {
        SimulatedWorld world = Talk.Between(
            (_, client, _) =>
            {
                client.Writer.Close();
                for (int number = 0; number < 1000; number++)
                {
                    client.Writer.Write("x"u8);
                }

                return Task.CompletedTask;
            }
        );
        Dropped(world, "client").Select(dropped => dropped.Number).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 512]);
    }

    [Fact]
    public void On_a_Unix_socket_as_well()
    {
        SimulatedWorld world = Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            TaskCompletionSource<Connection> accepted = new();
            TaskCompletionSource over = new();
            await using StreamServer server = await host.StartUnixServerAsync(
                connection =>
                {
                    accepted.SetResult(connection);
                    return over.Task;
                },
                "/run/it"
            );
            Connection client = await host.OpenUnixConnectionAsync("/run/it");
            client.Writer.Write(new byte[Much]);
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            (await accepted.Task).Writer.Close();
            await ClosedAsync(client);
            over.SetResult();
        });
        Dropped(world, "host")[0].Text.ShouldBe("not read before the close");
    }

    [Fact]
    public void A_conversation_that_is_read_to_its_end_drops_nothing()
    {
        SimulatedWorld world = Talk.Between(
            async (_, client, server) =>
            {
                client.Writer.Write("hello"u8);
                client.Writer.WriteEof();
                (await server.Reader.ReadToEndAsync()).Length.ShouldBe(5);
                server.Writer.Close();
                (await client.Reader.ReadToEndAsync()).ShouldBeEmpty();
                client.Writer.Close();
            }
        );
        world.Trace.Events.ShouldNotContain(happened => happened.Kind == TraceKind.Dropped);
    }

    private static async Task ClosedAsync(Connection connection)
    {
        try
        {
            await connection.Reader.ReadToEndAsync();
            connection.Writer.Close();
            await connection.Writer.WaitClosedAsync();
        }
        catch (ConnectionException)
        {
            // A reset, which is what bytes for a closed end are answered with.
        }
    }

    private static (string Text, long Number)[] Dropped(SimulatedWorld world, string host) =>
        [
            .. world
                .Trace.Events.Where(happened =>
                    happened.Kind == TraceKind.Dropped && string.Equals(happened.Host, host, StringComparison.Ordinal)
                )
                .Select(happened => (happened.Text, happened.Number)),
        ];
}
