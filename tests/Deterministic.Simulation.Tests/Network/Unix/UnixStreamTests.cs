using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>What connections do that have no network: of one host, through its memory.</summary>
public sealed class UnixStreamTests
{
    private const string SocketPath = "/run/app.sock";

    /// <summary>At twice this many bytes a reader pauses.</summary>
    private const int SmallLimit = 1000;

    [Fact]
    public void A_writer_whose_peer_does_not_read_is_stopped_at_the_size_of_the_buffer_and_goes_on_later()
    {
        Between(
            async (world, client, server) =>
            {
                int capacity = world.Host("host").TcpOptions.SendBufferBytes;
                byte[] large = new byte[10 * capacity];
                new Random(1).NextBytes(large);
                client.Writer.Write(large);
                Task drain = client.Writer.DrainAsync().AsTask();
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                drain.IsCompleted.ShouldBeFalse();
                byte[] got = await server.Reader.ReadExactlyAsync(large.Length);
                got.ShouldBe(large);
                await drain;
            }
        );
    }

    [Fact]
    public void A_half_ends_alone()
    {
        Between(
            async (_, client, server) =>
            {
                client.Writer.WriteEof();
                (await server.Reader.ReadToEndAsync()).ShouldBeEmpty();
                server.Writer.Write("still"u8);
                Talk.Text(await client.Reader.ReadExactlyAsync(5)).ShouldBe("still");
            }
        );
    }

    [Fact]
    public void The_peer_of_an_abort_reads_what_was_written_and_the_end_and_its_writes_break()
    {
        Between(
            async (_, client, server) =>
            {
                server.Writer.Write("last words"u8);
                server.Abort();
                Talk.Text(await client.Reader.ReadToEndAsync()).ShouldBe("last words");
                client.Writer.Write("too late"u8);
                (await Talk.FailureOfAsync<ConnectionException>(client.Writer.DrainAsync().AsTask())).Kind.ShouldBe(
                    ConnectionErrorKind.BrokenPipe
                );
            }
        );
    }

    [Fact]
    public void The_peer_of_an_abort_whose_bytes_are_unread_is_told_of_a_reset()
    {
        Between(
            async (world, client, server) =>
            {
                await WriteUnreadAsync(world, client);
                server.Abort();
                (await Talk.FailureOfAsync<ConnectionException>(client.Reader.ReadAsync(1).AsTask())).Kind.ShouldBe(
                    ConnectionErrorKind.Reset
                );
            },
            new ServerOptions { Limit = SmallLimit }
        );
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(60)]
    public void A_close_discards_what_is_unread_unless_it_must_not_linger(int? seconds)
    {
        Talk.Alone(async world =>
        {
            SimulatedHost host = world.Host("host");
            TimeSpan? linger = seconds is { } given ? TimeSpan.FromSeconds(given) : null;
            await host.StartUnixServerAsync(
                async connection =>
                {
                    await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                    connection.Writer.Close();
                },
                SocketPath,
                new ServerOptions { Linger = linger, Limit = SmallLimit }
            );
            Connection client = await host.OpenUnixConnectionAsync(SocketPath);
            await WriteUnreadAsync(world, client);
            Task<byte[]> read = client.Reader.ReadToEndAsync().AsTask();
            if (seconds == 0)
            {
                (await Talk.FailureOfAsync<ConnectionException>(read)).Kind.ShouldBe(ConnectionErrorKind.Reset);
            }
            else
            {
                (await read).ShouldBeEmpty();
            }
        });
    }

    [Fact]
    public void A_close_ends_the_flush_of_the_other_side()
    {
        Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[400_000]);
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                client.Writer.Close();
                Task closed = client.Writer.WaitClosedAsync().AsTask();
                server.Abort();
                await Talk.FailureOfAsync<ConnectionException>(closed);
            }
        );
    }

    /// <summary>Bytes that a reader takes by itself, which pauses it, and some that stay the kernel's. No writer waits for room.</summary>
    private static async Task WriteUnreadAsync(SimulatedWorld world, Connection client)
    {
        client.Writer.Write(new byte[(2 * SmallLimit) + 1]);
        await Task.Delay(TimeSpan.FromMilliseconds(100), world.TimeProvider);
        client.Writer.Write(new byte[10]);
        await Task.Delay(TimeSpan.FromMilliseconds(100), world.TimeProvider);
    }

    private static void Between(
        Func<SimulatedWorld, Connection, Connection, Task> program,
        ServerOptions? options = null
    ) =>
        Talk.Alone(async world =>
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
                SocketPath,
                options
            );
            Connection client = await host.OpenUnixConnectionAsync(SocketPath);
            await program(world, client, await accepted.Task);
            over.SetResult();
        });
}
