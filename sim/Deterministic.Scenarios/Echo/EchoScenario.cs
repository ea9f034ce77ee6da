using System.Buffers;
using System.Buffers.Binary;
using Deterministic.Core;
using Deterministic.Simulation;
using Deterministic.Simulation.Tcp;
using Deterministic.Streams;

namespace Deterministic.Scenarios;

/// <summary>Clients send arbitrary bytes in arbitrary pieces, end their half, and must get back exactly what they sent.</summary>
/// <remarks>After the last byte the server sends the number of bytes: an end of file alone does not show whether the server sent it, or a fault cut the stream off.</remarks>
public sealed class EchoScenario : Scenario
{
    private const int MaxClients = 4;

    /// <summary>At most a few windows, so that senders block and both directions fill up.</summary>
    private const int MaxBytes = 48 * 1024;
    private const int MaxPiece = 6 * 1024;

    /// <summary>Often enough that no endpoint waits forever for a peer that is gone.</summary>
    // A close has no time-out (ShutdownTimeout): only a fault may cut a connection off, however long the network stalls.
    private static readonly KeepAliveOptions KeepAlive = new()
    {
        Time = TimeSpan.FromSeconds(10),
        Interval = TimeSpan.FromSeconds(5),
        RetryCount = 3,
    };

    /// <inheritdoc/>
    public override string Name => "echo";

    /// <inheritdoc/>
    public override string Description => "clients must get back exactly the bytes they sent, half-close included";

    /// <inheritdoc/>
    public override async Task RunAsync(ScenarioWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        ServerOptions options = new() { KeepAlive = KeepAlive, ShutdownTimeout = null };
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
            long count = 0;
            while (await reader.BorrowAsync(reader.Limit) is { IsEmpty: false } data)
            {
                count += data.Length;
                writer.Write(data);
                await writer.DrainAsync();
            }

            byte[] total = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64BigEndian(total, count);
            writer.Write(total);
        }
        catch (ConnectionException)
        {
            // The client is gone; an echo server has nothing to save.
        }
    }

    private static async Task RunClientAsync(ScenarioWorld world, string name, StreamServer server)
    {
        byte[] sent = new byte[world.Random.Next(1, MaxBytes)];
        world.Random.NextBytes(sent);
        ClientOptions options = new() { KeepAlive = KeepAlive, ShutdownTimeout = null };
        await using Connection? connection = await Connector.ConnectAsync(world, name, server.EndPoints[0], options);
        if (connection is null)
        {
            return;
        }

        Task sending = SendAsync(world, connection.Writer, sent);
        ArrayBufferWriter<byte> received = new();
        try
        {
            while (await connection.Reader.ReadAsync(MaxPiece) is { Length: > 0 } piece)
            {
                received.Write(piece);
            }
        }
        catch (ConnectionException)
        {
            world.Note($"{name}: connection lost after {received.WrittenCount} bytes");
            connection.Abort();
        }

        await sending;
        Check(world, name, connection, sent, received.WrittenSpan);
    }

    private static void Check(
        ScenarioWorld world,
        string name,
        Connection connection,
        ReadOnlySpan<byte> sent,
        ReadOnlySpan<byte> received
    )
    {
        // A stream that was cut off may end within the total.
        int echoed = Math.Max(0, received.Length - sizeof(long));
        world.Always(
            echoed <= sent.Length && received[..echoed].SequenceEqual(sent[..echoed]),
            "echo-exact",
            $"{name}: the {echoed} bytes that came back are not those sent."
        );
        bool whole =
            received.Length >= sizeof(long)
            && BinaryPrimitives.ReadInt64BigEndian(received[echoed..]) == echoed
            && echoed == sent.Length;
        world.Sometimes(whole, "echo-complete");
        world.Always(
            whole || world.WasEndedByFault(connection),
            "cut-off-by-faults-only",
            $"{name}: cut off after {received.Length} bytes, and no fault has ended the connection."
        );
        if (!whole)
        {
            world.Note($"{name}: cut off after {received.Length} bytes");
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
