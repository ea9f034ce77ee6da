using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Much data, both ways at once, in arbitrary pieces.</summary>
internal static class EchoingCases
{
    private const int MaxPiece = 20_000;

    public static IEnumerable<ContractCase> All =>
        [
            new("echo/large", "a large transfer in pieces of random sizes comes back byte for byte", LargeAsync),
            new("echo/tiny-limit", "so it does through readers and watermarks of a few bytes", TinyLimitAsync),
        ];

    private static Task LargeAsync(ContractWorld world) =>
        RunAsync(world, world.LargeTransferBytes, MaxPiece, new ServerOptions());

    private static Task TinyLimitAsync(ContractWorld world)
    {
        ServerOptions tiny = new() { Limit = 16, WriteBufferLimits = Core.WriteBufferLimits.Create(high: 32, low: 8) };
        return RunAsync(world, world.LargeTransferBytes / 64, maxPiece: 200, tiny);
    }

    private static async Task RunAsync(ContractWorld world, int bytes, int maxPiece, ServerOptions options)
    {
        byte[] sent = Payload.Random(world, bytes);
        Random servers = Payload.Fork(world);
        Random senders = Payload.Fork(world);
        await using StreamServer server = await world.Server.StartServerAsync(
            (reader, writer) => EchoPiecesAsync(reader, writer, servers, maxPiece),
            world.ServerHost,
            options: options
        );
        await using Connection connection = await world.Client.OpenConnectionAsync(
            server.EndPoints[0],
            new ClientOptions { Limit = options.Limit, WriteBufferLimits = options.WriteBufferLimits }
        );
        Task sending = SendPiecesAsync(connection.Writer, sent, senders, maxPiece);
        byte[] received = await ReceivePiecesAsync(connection.Reader, sent.Length, world.Random, maxPiece);
        await sending;
        Check.SameBytes(sent, received, "the echo");
    }

    private static async Task EchoPiecesAsync(
        AsyncStreamReader reader,
        AsyncStreamWriter writer,
        Random random,
        int maxPiece
    )
    {
        while (await reader.ReadAsync(random.Next(1, maxPiece)) is { Length: > 0 } piece)
        {
            writer.Write(piece);
            await writer.DrainAsync();
        }
    }

    private static async Task SendPiecesAsync(AsyncStreamWriter writer, byte[] bytes, Random random, int maxPiece)
    {
        int sent = 0;
        while (sent < bytes.Length)
        {
            int length = Math.Min(random.Next(1, maxPiece), bytes.Length - sent);
            writer.Write(bytes.AsSpan(sent, length));
            sent += length;
            await writer.DrainAsync();
        }
    }

    private static async Task<byte[]> ReceivePiecesAsync(
        AsyncStreamReader reader,
        int bytes,
        Random random,
        int maxPiece
    )
    {
        byte[] all = new byte[bytes];
        int received = 0;
        while (received < bytes)
        {
            int length = Math.Min(random.Next(1, maxPiece), bytes - received);
            int count = await reader.ReadAsync(all.AsMemory(received, length));
            Check.That(count > 0, $"the stream goes on after {received} of {bytes} bytes");
            received += count;
        }

        return all;
    }
}
