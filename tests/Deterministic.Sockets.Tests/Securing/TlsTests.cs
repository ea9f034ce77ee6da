using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>TLS on TCP, with this library on both sides.</summary>
public sealed class TlsTests : GuardedTest
{
    [Clause("C-OPEN-03", "C-SRV-01")]
    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Client_and_server_speak_tls_from_the_first_byte(string host)
    {
        await using StreamServer server = await TlsLoopback.EchoAsync(Guard);
        await using Connection client = await SocketNetwork.Default.OpenConnectionAsync(
            host,
            server.Port(),
            TlsLoopback.Client,
            Guard
        );
        client.Tls!.ServerName.ShouldBe(host);
        byte[] sent = Segments.Bytes(8 * 1024 * 1024, seed: 1);
        Task<byte[]> echo = client.Reader.ReadExactlyAsync(sent.Length, Guard).AsTask();
        for (int start = 0; start < sent.Length; start += 100_000)
        {
            client.Writer.Write(sent.AsSpan(start, Math.Min(100_000, sent.Length - start)));
            await client.Writer.DrainAsync(Guard);
        }

        (await echo).AsSpan().SequenceEqual(sent).ShouldBeTrue();
        client.Writer.Close();
        await client.Writer.WaitClosedAsync(Guard);
    }

    [Clause("W-INFO-01")]
    [Fact]
    public async Task The_socket_below_is_known_too()
    {
        await using StreamServer server = await TlsLoopback.EchoAsync(Guard);
        await using Connection client = await TlsLoopback.ConnectAsync(server, Guard);
        client.Writer.GetExtraInfo("socket").ShouldBeOfType<Socket>();
        client.RemoteEndPoint.ShouldBe(server.Address());
    }

    [Clause("C-SRV-07")]
    [Fact]
    public async Task A_handshake_that_fails_is_reported_and_touches_no_other_connection()
    {
        int handled = 0;
        TaskCompletionSource<Exception> failure = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using StreamServer server = await TlsLoopback.ServeAsync(
            async (reader, writer) =>
            {
                Interlocked.Increment(ref handled);
                writer.Write(await reader.ReadLineAsync(Guard));
            },
            failure.SetResult,
            Guard
        );
        await using Connection before = await TlsLoopback.ConnectAsync(server, Guard);
        await using Connection plain = await SocketNetwork.Default.OpenConnectionAsync(server.Address(), null, Guard);
        plain.Writer.Write("GET / HTTP/1.1\r\n\r\n"u8);
        await plain.Reader.ReadToEndAsync(Guard).AsTask().ContinueWith(static _ => { }, TaskScheduler.Default);
        ConnectionException error = (await failure.Task.WaitAsync(Guard)).ShouldBeOfType<ConnectionException>();
        error.Kind.ShouldBe(ConnectionErrorKind.TlsHandshakeFailed);
        error.Message.ShouldContain("GET / HTTP/1.1");
        before.Writer.Write("still here\n"u8);
        (await before.Reader.ReadLineAsync(Guard)).ShouldBe("still here\n"u8.ToArray());
        await using Connection after = await TlsLoopback.ConnectAsync(server, Guard);
        after.Writer.Write("and new ones too\n"u8);
        (await after.Reader.ReadLineAsync(Guard)).ShouldBe("and new ones too\n"u8.ToArray());
        handled.ShouldBe(2, "the handler is not called for the one that failed");
    }

    [Fact]
    public async Task A_client_that_says_nothing_holds_up_nobody()
    {
        await using StreamServer server = await TlsLoopback.EchoAsync(Guard);
        await using Connection silent = await SocketNetwork.Default.OpenConnectionAsync(server.Address(), null, Guard);
        await using Connection client = await TlsLoopback.ConnectAsync(server, Guard);
        client.Writer.Write("hello"u8);
        (await client.Reader.ReadExactlyAsync(5, Guard)).ShouldBe("hello"u8.ToArray());
        silent.Abort();
    }

    [Fact]
    public async Task Connections_that_the_server_closes_during_their_handshake_are_nobodys_failure()
    {
        List<Exception> errors = [];
        await using StreamServer server = await TlsLoopback.ServeAsync((_, _) => Task.CompletedTask, errors.Add, Guard);
        await using Connection silent = await SocketNetwork.Default.OpenConnectionAsync(server.Address(), null, Guard);
        SpinWait.SpinUntil(() => server.ConnectionCount == 1, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        await server.DisposeAsync();
        errors.ShouldBeEmpty();
    }

    [Clause("C-OPEN-11", "W-STLS-06")]
    [Fact]
    public async Task A_certificate_that_is_not_accepted_is_the_error_of_connecting()
    {
        await using StreamServer server = await TlsLoopback.EchoAsync(Guard);
        ClientOptions suspicious = new() { Tls = new TlsClientOptions { ServerName = "localhost" } };
        ConnectionException error = await SocketNetwork
            .Default.OpenConnectionAsync(server.Address(), suspicious, Guard)
            .AsTask()
            .ShouldFailAsync(ConnectionErrorKind.CertificateRejected);
        error.Message.ShouldContain("'localhost'");
        error.Message.ShouldContain("Test Authority");
    }

    [Clause("C-OPEN-11")]
    [Fact]
    public async Task Cancelling_during_the_handshake_closes_the_socket()
    {
        using Socket listener = Loopback.Listen();
        using CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(Guard);
        Task opening = SocketNetwork
            .Default.OpenConnectionAsync(listener.LocalEndPoint!, TlsLoopback.Client, source.Token)
            .AsTask();
        using Socket peer = await listener.AcceptAsync(Guard);
        byte[] hello = new byte[1000];
        (await peer.ReceiveAsync(hello, Guard)).ShouldBeGreaterThan(0);
        await source.CancelAsync();
        OperationCanceledException error = await opening.ShouldThrowAsync<OperationCanceledException>();
        error.CancellationToken.ShouldBe(source.Token);
        await Should.ThrowAsync<SocketException>(async () => await peer.ReceiveAsync(hello, Guard));
    }

    [Clause("C-OPEN-11")]
    [Fact]
    public async Task A_server_that_closes_during_the_handshake_is_a_reset()
    {
        using Socket listener = Loopback.Listen();
        Task opening = SocketNetwork
            .Default.OpenConnectionAsync(listener.LocalEndPoint!, TlsLoopback.Client, Guard)
            .AsTask();
        using (Socket peer = await listener.AcceptAsync(Guard))
        {
            (await peer.ReceiveAsync(new byte[1000], Guard)).ShouldBeGreaterThan(0);
        }

        await opening.ShouldFailAsync(ConnectionErrorKind.Reset);
    }

    [Clause("C-OPEN-05")]
    [Fact]
    public async Task A_handshake_that_fails_closes_a_socket_that_was_handed_over()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        Connection connection = SocketNetwork.Default.OpenConnection(own);
        Task starting = connection.StartTlsAsync(TlsLoopback.Client.Tls! with { ServerName = "localhost" }, Guard);
        peer.Send("no TLS, thanks\r\n"u8);
        await starting.ShouldFailAsync(ConnectionErrorKind.TlsHandshakeFailed);
        await connection.Writer.WaitClosedAsync(Guard).AsTask().ShouldFailAsync(ConnectionErrorKind.TlsHandshakeFailed);
        own.SafeHandle.IsClosed.ShouldBeTrue();
        peer.Dispose();
    }

    [Clause("C-OPEN-03", "W-STLS-05")]
    [Fact]
    public async Task A_socket_has_no_name_to_verify()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        await using Connection connection = SocketNetwork.Default.OpenConnection(own);
        Should.Throw<ArgumentException>(() => connection.StartTlsAsync(TlsLoopback.Client.Tls!, Guard));
        peer.Available.ShouldBe(0);
        peer.Dispose();
    }

    [Fact]
    public void A_socket_is_not_opened_plainly_when_tls_was_asked_for()
    {
        (Socket own, Socket peer) = Loopback.ConnectedSockets();
        Should
            .Throw<ArgumentException>(() => SocketNetwork.Default.OpenConnection(own, TlsLoopback.Client))
            .Message.ShouldContain("StartTlsAsync");
        own.Dispose();
        peer.Dispose();
    }

    [Clause("C-UNIX-02")]
    [Fact]
    public async Task A_path_has_no_name_to_verify_and_nobody_is_connected_to()
    {
        UnixDomainSocketEndPoint nowhere = new("/nowhere/at/all");
        ArgumentException error = await SocketNetwork
            .Default.OpenConnectionAsync(nowhere, TlsLoopback.Client, Guard)
            .AsTask()
            .ShouldThrowAsync<ArgumentException>();
        error.Message.ShouldContain("ServerName");
    }

    [Fact]
    public async Task Many_connections_at_once_that_end_in_every_way_leave_none_behind()
    {
        await using StreamServer server = await TlsLoopback.EchoAsync(Guard);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(LiveAsync));
        SpinWait.SpinUntil(() => server.ConnectionCount == 0, TimeSpan.FromSeconds(30)).ShouldBeTrue();

        async Task LiveAsync(int number)
        {
            Connection client = await TlsLoopback.ConnectAsync(server, Guard);
            byte[] data = Segments.Bytes(1000 * number, seed: number);
            client.Writer.Write(data);
            switch (number % 4)
            {
                case 0:
                    (await client.Reader.ReadExactlyAsync(data.Length, Guard)).ShouldBe(data);
                    client.Writer.Close();
                    await client.Writer.WaitClosedAsync(Guard);
                    break;
                case 1:
                    client.Abort();
                    await client.Writer.WaitClosedAsync(Guard);
                    break;
                case 2:
                    await client.DisposeAsync();
                    break;
                default:
                    Task closing = client.DisposeAsync().AsTask();
                    client.Abort();
                    await closing.WaitAsync(Guard);
                    break;
            }
        }
    }
}
