using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>Each handshake that fails on a server is reported, and once.</summary>
public sealed class HandshakeReportTests : GuardedTest
{
    /// <summary>A report that depends on which of two threads is faster is missing in some of so many.</summary>
    private const int Connections = 40;

    [Clause("C-SRV-07", "W-STLS-07")]
    [Fact]
    public async Task Every_handshake_that_times_out_is_reported_once()
    {
        List<Exception> errors = [];
        ServerOptions options = new()
        {
            Tls = TlsLoopback.Server with { HandshakeTimeout = TimeSpan.FromMilliseconds(20) },
            OnError = error =>
            {
                lock (errors)
                {
                    errors.Add(error);
                }
            },
        };
        await using StreamServer server = await SocketNetwork.Default.StartServerAsync(
            static _ => Task.CompletedTask,
            Loopback.AnyPort,
            options,
            Guard
        );
        for (int number = 0; number < Connections; number++)
        {
            using Socket silent = Loopback.Connect(server.Address());
            await Should.ThrowAsync<SocketException>(async () => await silent.ReceiveAsync(new byte[1], Guard));
        }

        SpinWait.SpinUntil(() => server.FailureCount >= Connections, TimeSpan.FromSeconds(30));
        await server.DisposeAsync();
        server.FailureCount.ShouldBe(Connections);
        errors.Count.ShouldBe(Connections);
        errors.ShouldAllBe(error => ((ConnectionException)error).Kind == ConnectionErrorKind.TimedOut);
        errors.Distinct().Count().ShouldBe(Connections);
    }
}
