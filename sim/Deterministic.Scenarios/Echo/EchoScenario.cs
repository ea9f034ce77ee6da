using Deterministic.Core;
using Deterministic.Simulation;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>Clients send arbitrary bytes in arbitrary pieces, end their half, and must get back exactly what they sent.</summary>
public sealed class EchoScenario : Scenario
{
    private const int MaxClients = 4;

    /// <summary>Some windows' worth at most, so that senders block and both directions fill up.</summary>
    private const int MaxBytes = 48 * 1024;
    private const int MaxPiece = 6 * 1024;

    /// <inheritdoc/>
    public override string Name => "echo";

    /// <inheritdoc/>
    public override string Description => "clients must get back exactly the bytes they sent, half-close included";

    /// <inheritdoc/>
    public override async Task RunAsync(ScenarioWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        ServerOptions options = new() { OnError = world.ReportHandlerError };
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(ServeAsync, world.HostAddress("server"), options: options);
        int clients = world.Random.Next(1, MaxClients + 1);
        Task[] all =
        [
            .. Enumerable.Range(1, clients).Select(number => RunClientAsync(world, $"client-{number}", server)),
        ];
        await Task.WhenAll(all);
    }

    private static async Task ServeAsync(AsyncStreamReader reader, AsyncStreamWriter writer)
    {
        try
        {
            while (true)
            {
                System.Buffers.ReadOnlySequence<byte> data = await reader.BorrowAsync(reader.Limit);
                if (data.IsEmpty)
                {
                    return;
                }

                writer.Write(data);
                await writer.DrainAsync();
            }
        }
        catch (ConnectionException)
        {
            // The client went away; an echo server has nothing to save.
        }
    }

    private static async Task RunClientAsync(ScenarioWorld world, string name, StreamServer server)
    {
        byte[] sent = new byte[world.Random.Next(1, MaxBytes)];
        world.Random.NextBytes(sent);
        await using Connection? connection = await Connector.ConnectAsync(world, name, server.EndPoints[0]);
        if (connection is null)
        {
            return;
        }

        Task sending = SendAsync(world, connection.Writer, sent);
        int received = 0;
        try
        {
            while (await connection.Reader.ReadAsync(MaxPiece) is { Length: > 0 } piece)
            {
                bool same =
                    received + piece.Length <= sent.Length
                    && piece.AsSpan().SequenceEqual(sent.AsSpan(received, piece.Length));
                world.Always(
                    same,
                    "echo-exact",
                    $"{name}: the bytes from {received} to {received + piece.Length} are not those sent."
                );
                received += piece.Length;
            }

            await sending;
            world.Always(
                received == sent.Length,
                "echo-complete",
                $"{name}: got {received} of {sent.Length} bytes back before the end of the stream."
            );
        }
        catch (ConnectionException)
        {
            world.Note($"{name}: connection lost after {received} bytes");
            connection.Abort();
            await sending;
        }
    }

    private static async Task SendAsync(ScenarioWorld world, AsyncStreamWriter writer, byte[] data)
    {
        try
        {
            for (int start = 0; start < data.Length; )
            {
                int length = Math.Min(world.Random.Next(1, MaxPiece), data.Length - start);
                writer.Write(data.AsSpan(start, length));
                start += length;
                await writer.DrainAsync();
            }

            writer.WriteEof();
        }
        catch (ConnectionException)
        {
            // The reading side reports it.
        }
    }
}
