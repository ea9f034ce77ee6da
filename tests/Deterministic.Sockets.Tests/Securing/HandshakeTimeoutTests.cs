using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>How long a server lets a client take for the handshake of TLS.</summary>
public sealed class HandshakeTimeoutTests : GuardedTest
{
    /// <summary>What is reported of it is held in the simulation, where time is virtual; here, that real time ends it.</summary>
    [Clause("C-SRV-07", "W-STLS-07")]
    [Documented("start_server(ssl_handshake_timeout)")]
    [Fact]
    public async Task A_client_that_says_nothing_is_given_up()
    {
        int handled = 0;
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            _ => Task.FromResult(Interlocked.Increment(ref handled)),
            "127.0.0.1",
            options: new ServerOptions
            {
                Tls = TlsLoopback.Server with { HandshakeTimeout = TimeSpan.FromMilliseconds(100) },
            },
            cancellationToken: Guard
        );
        using Socket silent = Loopback.Connect(server.Address());
        int received = 0;
        try
        {
            received = await silent.ReceiveAsync(new byte[1], SocketFlags.None, Guard);
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // An abort: as good an end as any.
        }

        received.ShouldBe(0);
        handled.ShouldBe(0, "the handler is not called for it");
        while (server.ConnectionCount > 0)
        {
            await Task.Yield();
            Guard.ThrowIfCancellationRequested();
        }
    }
}
