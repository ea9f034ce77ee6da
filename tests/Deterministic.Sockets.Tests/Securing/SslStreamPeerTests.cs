using System.Net.Security;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>TLS with a peer that is not of this library: the runtime's own SslStream over a NetworkStream.</summary>
public sealed class SslStreamPeerTests : GuardedTest
{
    [Fact]
    public async Task A_server_of_this_library_serves_it()
    {
        await using StreamServer server = await TlsLoopback.EchoAsync(Guard);
        using TcpClient tcp = new("127.0.0.1", server.Port());
        await using SslStream peer = new(tcp.GetStream());
        SslClientAuthenticationOptions options = Certificates.ClientAuthentication();
        options.TargetHost = "localhost";
        await peer.AuthenticateAsClientAsync(options, Guard);
        byte[] sent = Segments.Bytes(200_000, seed: 2);
        byte[] received = new byte[sent.Length];
        Task reading = peer.ReadExactlyAsync(received, Guard).AsTask();
        await peer.WriteAsync(sent, Guard);
        await reading;
        received.ShouldBe(sent);
        await peer.ShutdownAsync();
        (await peer.ReadAsync(received, Guard)).ShouldBe(0, "the server answers the close_notify");
    }

    [Clause("W-TLS-01", "W-HALF-02")]
    [Fact]
    public async Task A_client_of_this_library_is_served_by_it_and_both_say_shutdown()
    {
        await using Ends ends = await Ends.ConnectAsync(Guard);
        ends.Client.Writer.Write("hello"u8);
        byte[] received = new byte[100];
        (await ends.Peer.ReadAsync(received, Guard)).ShouldBe(5);
        await ends.Peer.WriteAsync("bye"u8.ToArray(), Guard);
        await ends.Peer.ShutdownAsync();
        (await ends.Client.Reader.ReadToEndAsync(Guard)).ShouldBe("bye"u8.ToArray());
        (await ends.Peer.ReadAsync(received, Guard)).ShouldBe(0);
        await ends.Client.Writer.WaitClosedAsync(Guard);
    }

    [Clause("W-HALF-03")]
    [Fact]
    public async Task A_connection_that_ends_without_a_close_notify_is_truncated()
    {
        await using Ends ends = await Ends.ConnectAsync(Guard);
        await ends.Peer.WriteAsync("half of"u8.ToArray(), Guard);
        (await ends.Client.Reader.ReadExactlyAsync(7, Guard)).ShouldBe("half of"u8.ToArray());
        ends.Socket.Shutdown(SocketShutdown.Both);
        await ends.Client.Reader.ReadToEndAsync(Guard).AsTask().ShouldFailAsync(ConnectionErrorKind.Truncated);
    }

    [Fact]
    public async Task A_reset_under_tls_is_a_reset()
    {
        await using Ends ends = await Ends.ConnectAsync(Guard);
        ends.Socket.Close(timeout: 0);
        await ends.Client.Reader.ReadToEndAsync(Guard).AsTask().ShouldFailAsync(ConnectionErrorKind.Reset);
    }

    [Clause("W-WM-08")]
    [Fact]
    public async Task A_peer_that_does_not_read_holds_the_writer_at_its_watermarks()
    {
        await using Ends ends = await Ends.ConnectAsync(Guard);
        byte[] piece = new byte[1024 * 1024];
        long written = 0;
        Task draining = Task.CompletedTask;
        while (draining.IsCompleted)
        {
            ends.Client.Writer.Write(piece);
            written += piece.Length;
            draining = ends.Client.Writer.DrainAsync(Guard).AsTask();
            // Whether the kernel takes it is known at once: what it takes at all, it takes within the call.
        }

        ends.Client.Writer.Buffered.ShouldBeGreaterThan(0);
        ends.Client.Writer.IsPaused.ShouldBeTrue();
        byte[] received = new byte[64 * 1024];
        for (long left = written; left > 0; )
        {
            left -= await ends.Peer.ReadAsync(received, Guard);
        }

        await draining;
        ends.Client.Writer.Buffered.ShouldBe(0);
    }

    [Clause("W-STLS-01", "W-STLS-10")]
    [Fact]
    public async Task A_plain_conversation_goes_over_to_tls()
    {
        (Socket own, Socket other) = Loopback.ConnectedSockets();
        await using Connection server = SocketNetwork.Default.OpenConnection(own);
        await using NetworkStream plain = new(other, ownsSocket: true);
        await plain.WriteAsync("STARTTLS\r\n"u8.ToArray(), Guard);
        (await server.Reader.ReadLineAsync(Guard)).ShouldBe("STARTTLS\r\n"u8.ToArray());
        await using SslStream peer = new(plain);
        SslClientAuthenticationOptions options = Certificates.ClientAuthentication();
        options.TargetHost = "localhost";
        Task handshake = peer.AuthenticateAsClientAsync(options, Guard);
        // The hello is in the reader's buffer before TLS is started.
        SpinWait.SpinUntil(() => server.Reader.Buffered > 100, TimeSpan.FromSeconds(30)).ShouldBeTrue();
        await server.StartTlsAsync(TlsLoopback.Server, Guard);
        await handshake;
        server.Writer.Write("secret"u8);
        byte[] received = new byte[6];
        await peer.ReadExactlyAsync(received, Guard);
        received.ShouldBe("secret"u8.ToArray());
    }

    private sealed class Ends : IAsyncDisposable
    {
        public required Connection Client { get; init; }

        public required SslStream Peer { get; init; }

        public required Socket Socket { get; init; }

        public static async Task<Ends> ConnectAsync(CancellationToken token)
        {
            using Socket listener = Loopback.Listen();
            Task<Connection> opening = SocketNetwork
                .Default.OpenConnectionAsync(listener.LocalEndPoint!, TlsLoopback.Client, token)
                .AsTask();
            Socket socket = await listener.AcceptAsync(token);
            SslStream peer = new(new NetworkStream(socket, ownsSocket: true));
            await peer.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = Certificates.Server },
                token
            );
            return new Ends
            {
                Client = await opening,
                Peer = peer,
                Socket = socket,
            };
        }

        public async ValueTask DisposeAsync()
        {
            Client.Abort();
            await Peer.DisposeAsync();
        }
    }
}
