using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>What clients can cost a server that bounds them.</summary>
public sealed class ExposedServerTests : GuardedTest
{
    private const int Places = 50;
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    [Clause("W-CLOSE-06", "S-FAIL-01")]
    [Fact]
    public async Task What_a_handler_wrote_to_a_client_that_never_reads_is_let_go_in_time()
    {
        const int Size = 64 * 1024 * 1024;
        TaskCompletionSource<Connection> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<Exception> failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            connection =>
            {
                connection.Writer.Write(new byte[Size]);
                accepted.SetResult(connection);
                return Task.CompletedTask;
            },
            Loopback.AnyPort,
            new ServerOptions { ShutdownTimeout = Short, OnError = error => failure.TrySetResult(error) },
            Guard
        );
        using Socket client = Loopback.Connect(server.Address());
        Connection served = await accepted.Task.WaitAsync(Guard);
        await served.Writer.WaitClosedAsync(Guard).AsTask().ShouldFailAsync(ConnectionErrorKind.TimedOut);
        served.Writer.Buffered.ShouldBe(0);
        await server.CloseAsync(Timeout.InfiniteTimeSpan, Guard);
        (await failure.Task.WaitAsync(Guard))
            .ShouldBeOfType<ConnectionException>()
            .Kind.ShouldBe(ConnectionErrorKind.TimedOut);
        server.FailureCount.ShouldBe(1);
    }

    [Clause("W-CLOSE-06")]
    [Fact]
    public async Task A_close_is_bounded_unless_it_is_said_that_it_is_not()
    {
        ManualTime time = new();
        SocketNetwork network = new(time);
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        Connection connection = network.OpenConnection(own);
        connection.Writer.Write(new byte[64 * 1024 * 1024]);
        connection.Writer.Close();
        time.Due.ShouldBe([TimeSpan.FromSeconds(30)]);
        time.Ring();
        await connection.Writer.WaitClosedAsync(Guard).AsTask().ShouldFailAsync(ConnectionErrorKind.TimedOut);
        connection.Writer.Buffered.ShouldBe(0);
        Should
            .Throw<SocketException>(() => Loopback.ReadToEnd(peer))
            .SocketErrorCode.ShouldBe(SocketError.ConnectionReset);
        peer.Dispose();
    }

    [Clause("W-MAX-01")]
    [Fact]
    public async Task A_writer_whose_peer_does_not_read_is_refused_at_the_bound_and_goes_on_when_it_reads()
    {
        const int Most = 1024 * 1024;
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        await using Connection connection = SocketNetwork.Default.OpenConnection(
            own,
            new ConnectionOptions { MaxUnsentBytes = Most }
        );
        byte[] piece = new byte[64 * 1024];
        long written = 0;
        Should.Throw<InvalidOperationException>(() =>
        {
            while (written < 1L << 30)
            {
                connection.Writer.Write(piece);
                written += piece.Length;
            }
        });
        connection.Writer.Buffered.ShouldBeInRange(Most - piece.Length + 1, Most);
        connection.Writer.Close();
        Task<byte[]> read = Task.Run(() => Loopback.ReadToEnd(peer));
        (await read.WaitAsync(Guard)).Length.ShouldBe((int)written, "whole writes, each or none of it");
        await connection.Writer.WaitClosedAsync(Guard);
        peer.Dispose();
    }

    [Clause("W-MAX-02", "S-FAIL-01")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_does_not_read_is_aborted_at_the_bound_where_that_was_chosen(bool overTls)
    {
        TaskCompletionSource<Exception> failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            async connection =>
            {
                await connection.Reader.ReadAsync(1, Guard);
                while (!connection.Writer.IsClosing)
                {
                    connection.Writer.Write(new byte[64 * 1024]);
                }

                await connection.Writer.DrainAsync(Guard);
            },
            Loopback.AnyPort,
            new ServerOptions
            {
                MaxUnsentBytes = 1024 * 1024,
                UnsentOverflow = UnsentOverflow.AbortConnection,
                Tls = overTls ? TlsLoopback.Server : null,
                OnError = error => failure.TrySetResult(error),
            },
            Guard
        );
        await using Connection client = overTls
            ? await TlsLoopback.ConnectAsync(server, Guard)
            : await SocketNetwork.Default.OpenConnectionAsync(server.Address(), null, Guard);
        client.Writer.Write("x"u8);
        (await failure.Task.WaitAsync(Guard))
            .ShouldBeOfType<ConnectionException>()
            .Kind.ShouldBe(ConnectionErrorKind.Aborted);
        client.Abort();
        SpinWait.SpinUntil(() => server.ConnectionCount == 0, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        server.FailureCount.ShouldBe(1);
    }

    [Clause("S-IDLE-01", "C-MAX-01")]
    [Fact]
    public async Task Fifty_plain_clients_that_say_nothing_keep_nobody_out_for_longer_than_they_may_idle()
    {
        await using StreamServer server = await EchoAsync(
            new ServerOptions { MaxConnections = Places, IdleTimeout = Short }
        );
        Socket[] silent = [.. Enumerable.Range(0, Places).Select(_ => Loopback.Connect(server.Address()))];
        await CheckEchoAsync(server);
        foreach (Socket socket in silent)
        {
            Should.Throw<SocketException>(() => socket.Receive(new byte[1]));
            socket.Dispose();
        }

        SpinWait.SpinUntil(() => server.FailureCount >= Places, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        server.LastFailure.ShouldBeOfType<ConnectionException>().Kind.ShouldBe(ConnectionErrorKind.TimedOut);
    }

    [Clause("C-MAX-01", "C-MAX-02")]
    [Fact]
    public async Task Clients_that_make_no_handshake_take_no_place_of_those_that_do()
    {
        await using StreamServer server = await EchoAsync(
            new ServerOptions { MaxConnections = Places, Tls = TlsLoopback.Server }
        );
        Socket[] silent = [.. Enumerable.Range(0, 2 * Places).Select(_ => Loopback.Connect(server.Address()))];
        SpinWait.SpinUntil(() => server.ConnectionCount == silent.Length, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        await using Connection client = await TlsLoopback.ConnectAsync(server, Guard);
        await CheckEchoAsync(client);
        foreach (Socket socket in silent)
        {
            socket.Dispose();
        }
    }

    [Clause("C-MAX-02")]
    [Fact]
    public async Task When_no_more_handshakes_may_begin_the_oldest_gives_way_to_others()
    {
        await using StreamServer server = await EchoAsync(
            new ServerOptions { MaxHandshakes = 2, Tls = TlsLoopback.Server }
        );
        using Socket first = Loopback.Connect(server.Address());
        using Socket second = Loopback.Connect(server.Address());
        await using Connection client = await TlsLoopback.ConnectAsync(server, Guard);
        await CheckEchoAsync(client);
        server.FailureCount.ShouldBeInRange(1, 2);
        server.LastFailure.ShouldBeOfType<ConnectionException>().Message.ShouldContain("MaxHandshakes");
    }

    private ValueTask<StreamServer> EchoAsync(ServerOptions options) =>
        SocketNetwork.Default.StartServerAsync(
            async connection =>
            {
                while (await connection.Reader.ReadAsync(1000, Guard) is { Length: > 0 } data)
                {
                    connection.Writer.Write(data);
                    await connection.Writer.DrainAsync(Guard);
                }
            },
            Loopback.AnyPort,
            options,
            Guard
        );

    /// <summary>By a plain socket: one that waits its turn too long is idle itself, and then the next is served.</summary>
    private static async Task CheckEchoAsync(StreamServer server)
    {
        while (true)
        {
            using Socket client = Loopback.Connect(server.Address());
            try
            {
                byte[] answer = new byte[5];
                client.Send("hello"u8);
                if (await client.ReceiveAsync(answer) > 0)
                {
                    return;
                }
            }
            catch (SocketException)
            {
                // Ended while it waited for a place.
            }
        }
    }

    private async Task CheckEchoAsync(Connection client)
    {
        client.Writer.Write("hello"u8);
        (await client.Reader.ReadExactlyAsync(5, Guard)).ShouldBe("hello"u8.ToArray());
    }
}
