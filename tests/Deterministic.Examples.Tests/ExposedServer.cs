using System.Security.Cryptography.X509Certificates;
using Deterministic.Streams;

namespace Deterministic.Examples.Tests;

/// <summary>The code of <c>src/docs/exposed-server.md</c>.</summary>
internal static class ExposedServer
{
    public static ServerOptions OptionsFor(X509Certificate2? certificate, Action<Exception> log)
    {
        ServerOptions options = new()
        {
            MaxConnections = 10_000,
            IdleTimeout = TimeSpan.FromMinutes(2),
            ShutdownTimeout = TimeSpan.FromSeconds(10),
            MaxUnsentBytes = 1024 * 1024,
            Limit = 16 * 1024,
            OnError = log,
        };
        if (certificate is not null)
        {
            options = options with
            {
                MaxHandshakes = 500,
                Tls = new TlsServerOptions(certificate)
                {
                    HandshakeTimeout = TimeSpan.FromSeconds(10),
                    ShutdownTimeout = TimeSpan.FromSeconds(10),
                },
            };
        }

        return options;
    }

    public static async Task ServeAsync(Connection connection, TimeProvider time)
    {
        var (reader, writer) = connection;
        using CancellationTokenSource patience = new(Timeout.InfiniteTimeSpan, time);
        while (true)
        {
            patience.CancelAfter(TimeSpan.FromSeconds(30));
            byte[] request = await reader.ReadLineAsync(patience.Token);
            if (request is not [.., (byte)'\n'])
            {
                return;
            }

            await foreach (byte[] piece in AnswerAsync(request))
            {
                writer.Write(piece);
                await writer.DrainAsync(patience.Token);
            }
        }
    }

    public static void Publish(IEnumerable<Connection> members, byte[] message)
    {
        foreach (Connection member in members)
        {
            try
            {
                member.Writer.Write(message);
            }
            catch (InvalidOperationException)
            {
                member.Abort();
            }
        }
    }

#pragma warning disable CA2016 // The token ends the serving; the server itself starts and ends in order.
    public static async Task RunAsync(INetwork network, ServerOptions options, int port, CancellationToken stop)
    {
        await using StreamServer server = await network.StartServerAsync(
            connection => ServeAsync(connection, network.TimeProvider),
            port: port,
            options: options
        );
        try
        {
            await server.ServeForeverAsync(stop);
        }
        catch (OperationCanceledException)
        {
            await server.CloseAsync(TimeSpan.FromSeconds(30));
        }
    }
#pragma warning restore CA2016

    /// <summary>The request, in pieces.</summary>
    private static async IAsyncEnumerable<byte[]> AnswerAsync(byte[] request)
    {
        foreach (byte[] piece in request.Chunk(4))
        {
            yield return piece;
        }

        await Task.CompletedTask;
    }
}
