using System.Buffers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

public sealed class EchoTests : GuardedTest
{
    [Fact]
    public async Task An_echo_of_64_mebibytes_arrives_byte_for_byte_at_a_slow_reader()
    {
        const int Blocks = 1024;
        await using StreamServer server = await EchoServer.StartAsync(Guard);
        await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(
            server.Address(),
            null,
            Guard
        );
        byte[] block = Segments.Bytes(64 * 1024, seed: 4);
        using IncrementalHash sent = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using IncrementalHash received = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Task writing = Task.Run(
            async () =>
            {
                for (int i = 0; i < Blocks; i++)
                {
                    BitConverter.TryWriteBytes(block, i);
                    sent.AppendData(block);
                    connection.Writer.Write(block);
                    await connection.Writer.DrainAsync(Guard);
                    connection.Writer.Buffered.ShouldBeLessThanOrEqualTo(WriteBufferLimits.DefaultHigh);
                }

                connection.Writer.WriteEof();
            },
            Guard
        );

        long total = 0;
        while (await connection.Reader.BorrowAsync(5000, Guard) is { IsEmpty: false } data)
        {
            foreach (ReadOnlyMemory<byte> memory in data)
            {
                received.AppendData(memory.Span);
            }

            total += data.Length;
            if (total % 7 == 0)
            {
                // Slow: lets everybody else go first, so that buffers fill up.
                await Task.Yield();
            }
        }

        await writing;
        total.ShouldBe((long)Blocks * block.Length);
        received.GetHashAndReset().ShouldBe(sent.GetHashAndReset());
    }

    [Fact]
    public async Task A_client_that_ends_its_half_still_gets_the_reply()
    {
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            async (reader, writer) => writer.Write(await reader.ReadToEndAsync(Guard)),
            "127.0.0.1",
            cancellationToken: Guard
        );
        await using Connection client = await SocketNetwork.Default.OpenConnectionAsync(server.Address(), null, Guard);
        client.Writer.Write("question"u8);
        client.Writer.WriteEof();
        (await client.Reader.ReadToEndAsync(Guard)).ShouldBe("question"u8.ToArray());
    }

    [Fact]
    public async Task A_server_that_ends_its_half_still_hears_the_client()
    {
        TaskCompletionSource<byte[]> heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            async (reader, writer) =>
            {
                writer.WriteEof();
                heard.SetResult(await reader.ReadToEndAsync(Guard));
            },
            "127.0.0.1",
            cancellationToken: Guard
        );
        await using Connection client = await SocketNetwork.Default.OpenConnectionAsync(server.Address(), null, Guard);
        (await client.Reader.ReadAsync(1, Guard)).ShouldBeEmpty();
        client.Writer.Write("after your end"u8);
        client.Writer.WriteEof();
        (await heard.Task.WaitAsync(Guard)).ShouldBe("after your end"u8.ToArray());
    }

    [Clause("E-CONN-01")]
    [Fact]
    public async Task A_reset_surfaces_in_a_pending_read_and_in_the_wait_for_the_close()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        Connection connection = SocketNetwork.Default.OpenConnection(own);
        Task<byte[]> read = connection.Reader.ReadLineAsync(Guard).AsTask();
        peer.Close(timeout: 0);
        ConnectionException error = await read.ShouldFailAsync(ConnectionErrorKind.Reset);
        (
            await connection.Writer.WaitClosedAsync(Guard).AsTask().ShouldThrowAsync<ConnectionException>()
        ).ShouldBeSameAs(error);
    }

    [Fact]
    public async Task Close_flushes_everything_queued()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        Connection connection = SocketNetwork.Default.OpenConnection(own);
        byte[] data = Segments.Bytes(16 * 1024 * 1024, seed: 5);
        connection.Writer.Write(data);
        connection.Writer.Buffered.ShouldBeGreaterThan(0);
        connection.Writer.Close();
        byte[] all = await Task.Run(() => Loopback.ReadToEnd(peer), Guard);
        all.AsSpan().SequenceEqual(data).ShouldBeTrue();
        await connection.Writer.WaitClosedAsync(Guard);
        peer.Dispose();
    }

    [Fact]
    public async Task Abort_drops_what_is_queued_and_resets()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        Connection connection = SocketNetwork.Default.OpenConnection(own);
        connection.Writer.Write(new byte[16 * 1024 * 1024]);
        Task<byte[]> read = connection.Reader.ReadAsync(1, Guard).AsTask();
        connection.Abort();
        (await read).ShouldBeEmpty();
        await connection.Writer.WaitClosedAsync(Guard);
        Should
            .Throw<SocketException>(() => Loopback.ReadToEnd(peer))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        peer.Dispose();
    }

    [Fact]
    public async Task Two_hundred_connections_at_once_each_see_only_their_own_bytes()
    {
        await using StreamServer server = await EchoServer.StartAsync(Guard, new ServerOptions { Backlog = 200 });
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => ConverseAsync(server, number)));

        async Task ConverseAsync(StreamServer server, int number)
        {
            await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(
                server.Address(),
                null,
                Guard
            );
            byte[] data = Segments.Bytes(20_000 + number, seed: number);
            byte[] reply = new byte[data.Length];
            for (int round = 0; round < 5; round++)
            {
                connection.Writer.Write(data);
                await connection.Reader.ReadExactlyAsync(reply, Guard);
                reply.AsSpan().SequenceEqual(data).ShouldBeTrue();
            }
        }
    }
}
