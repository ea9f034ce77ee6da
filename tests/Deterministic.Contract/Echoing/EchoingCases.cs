using Deterministic.Core;
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
        ServerOptions tiny = new() { Limit = 16, WriteBufferLimits = WriteBufferLimits.Create(high: 32, low: 8) };
        return RunAsync(world, world.TransferBytes / 64, maxPiece: 200, tiny);
    }

    private static async Task RunAsync(ContractWorld world, long bytes, int maxPiece, ServerOptions options)
    {
        Random servers = Payload.Fork(world);
        Random senders = Payload.Fork(world);
        await using StreamServer server = await world.ServeAsync(
            (reader, writer) => EchoPiecesAsync(reader, writer, servers, maxPiece),
            options
        );
        await using Connection connection = await world.ConnectAsync(
            server,
            new ClientOptions { Limit = options.Limit, WriteBufferLimits = options.WriteBufferLimits }
        );
        Task sending = SendPiecesAsync(connection.Writer, bytes, senders, maxPiece);
        await ReceivePiecesAsync(connection.Reader, bytes, world.Random, maxPiece);
        await sending;
        connection.Writer.Close();
        await connection.Writer.WaitClosedAsync();
    }

    private static async Task EchoPiecesAsync(
        AsyncStreamReader reader,
        AsyncStreamWriter writer,
        Random random,
        int maxPiece
    )
    {
        byte[] piece = new byte[maxPiece];
        while (await reader.ReadAsync(piece.AsMemory(0, random.Next(1, maxPiece))) is > 0 and int count)
        {
            writer.Write(piece.AsSpan(0, count));
            await writer.DrainAsync();
        }
    }

    private static async Task SendPiecesAsync(AsyncStreamWriter writer, long bytes, Random random, int maxPiece)
    {
        byte[] piece = new byte[maxPiece];
        for (long sent = 0; sent < bytes; )
        {
            int length = (int)Math.Min(random.Next(1, maxPiece), bytes - sent);
            Pattern.Fill(piece.AsSpan(0, length), sent);
            writer.Write(piece.AsSpan(0, length));
            sent += length;
            await writer.DrainAsync();
        }
    }

    private static async Task ReceivePiecesAsync(AsyncStreamReader reader, long bytes, Random random, int maxPiece)
    {
        byte[] piece = new byte[maxPiece];
        for (long received = 0; received < bytes; )
        {
            int length = (int)Math.Min(random.Next(1, maxPiece), bytes - received);
            int count = await reader.ReadAsync(piece.AsMemory(0, length));
            Check.That(count > 0, $"the stream goes on after {received} of {bytes} bytes");
            Pattern.Verify(piece.AsSpan(0, count), received);
            received += count;
        }
    }
}
