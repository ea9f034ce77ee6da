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
