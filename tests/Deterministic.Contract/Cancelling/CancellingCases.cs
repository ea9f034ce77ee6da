using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Every wait can be given up; nothing is lost, and the connection stays usable.</summary>
internal static class CancellingCases
{
    private const int Limit = 16 * 1024;

    public static IEnumerable<ContractCase> All =>
        [
            new("cancel/read", "a cancelled read loses nothing", ReadAsync),
            new("cancel/read-line", "a cancelled read of a line loses nothing of its beginning", ReadLineAsync),
            new("cancel/read-exactly", "a cancelled exact read loses nothing of its beginning", ReadExactlyAsync),
            new(
                "cancel/read-until",
                "a cancelled read to a separator loses nothing, not even half a separator",
                ReadUntilAsync
            ),
            new(
                "cancel/read-to-end",
                "a cancelled read to the end loses nothing of what it has gathered",
                ReadToEndAsync
            ),
            new("cancel/drain", "a cancelled drain loses no output, and other drains go on", DrainAsync),
            new("cancel/wait-closed", "a cancelled wait for the close disturbs no other", WaitClosedAsync),
            new(
                "cancel/server-wait-closed",
                "a cancelled wait for a server's end disturbs neither server nor connections",
                ServerWaitClosedAsync
            ),
        ];

    private static Task ReadAsync(ContractWorld world) =>
        CancelReadAsync(world, "", "hello", (reader, token) => reader.ReadAsync(5, token));

    private static Task ReadLineAsync(ContractWorld world) =>
        CancelReadAsync(world, "hel", "lo\n", (reader, token) => reader.ReadLineAsync(token));

    private static Task ReadExactlyAsync(ContractWorld world) =>
        CancelReadAsync(world, "abc", "defgh", (reader, token) => reader.ReadExactlyAsync(8, token));

    private static Task ReadUntilAsync(ContractWorld world) =>
        CancelReadAsync(world, "head\r\n\r", "\n", (reader, token) => reader.ReadUntilAsync("\r\n\r\n"u8, token));

    private static async Task CancelReadAsync(
        ContractWorld world,
        string beginning,
        string rest,
        Func<AsyncStreamReader, CancellationToken, ValueTask<byte[]>> read
    )
    {
        await using Pulse pulse = await Pulse.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        AsyncStreamReader reader = pair.Client.Reader;
        using CancellationTokenSource source = new();
        Task<byte[]> waiting = read(reader, source.Token).AsTask();
        pair.Server.Writer.Write(Payload.Text(beginning));
        await pulse.UntilAsync(() => reader.Buffered == beginning.Length);
        await Check.CancelledAsync(source, waiting, "a read that is cancelled");
        Check.Same(beginning.Length, reader.Buffered, "the bytes kept");

        pair.Server.Writer.Write(Payload.Text(rest));
        if (beginning.Length == 0)
        {
            await pulse.UntilAsync(() => reader.Buffered == rest.Length);
        }

        Check.SameBytes(
            Payload.Text(beginning + rest),
            await read(reader, CancellationToken.None),
            "the read after the cancelled one"
        );
        await pair.CheckUsableAsync();
    }

    private static async Task ReadToEndAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        byte[] much = Payload.Random(world, world.LargeTransferBytes / 4);
        using CancellationTokenSource source = new();
        Task<byte[]> waiting = pair.Client.Reader.ReadToEndAsync(source.Token).AsTask();
        await SendAsync(pair.Server.Writer, much);
        await Check.CancelledAsync(source, waiting, "a read to the end that is cancelled");
        pair.Server.Writer.Write("the end"u8);
        pair.Server.Writer.Close();
        byte[] all = await pair.Client.Reader.ReadToEndAsync();
        Check.SameBytes([.. much, .. "the end"u8], all, "the read after the cancelled one");
    }

    private static async Task DrainAsync(ContractWorld world)
    {
        await using Pulse pulse = await Pulse.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        AsyncStreamWriter writer = pair.Client.Writer;
        using CancellationTokenSource source = new();
        Clog clog = await Clog.FillAsync(world, pulse, writer, Limit, source.Token);
        Task other = writer.DrainAsync().AsTask();
        await Check.CancelledAsync(source, clog.Drain, "a drain that is cancelled");
        Check.That(!other.IsCompleted, "the other drain goes on");

        Task<long> reading = Pattern.ReadToEndAsync(pair.Server.Reader);
        await other;
        pair.Server.Writer.Write("back"u8);
        Check.SameText("back", await pair.Client.Reader.ReadExactlyAsync(4), "a word the other way");
        writer.Close();
        Check.Same(clog.Written, await reading, "the bytes that arrived");
    }

    private static async Task WaitClosedAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        using CancellationTokenSource source = new();
        Task other = pair.Client.Writer.WaitClosedAsync().AsTask();
        await Check.CancelledAsync(
            source,
            pair.Client.Writer.WaitClosedAsync(source.Token).AsTask(),
            "a wait for the close that is cancelled"
        );
        await pair.CheckUsableAsync();
        Check.That(!other.IsCompleted, "the other wait goes on");
        pair.Client.Writer.Close();
        await other;
        await pair.Client.Writer.WaitClosedAsync();
    }

    private static async Task ServerWaitClosedAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        await using Connection connection = await world.Client.OpenConnectionAsync(server.EndPoints[0]);
        await Echo.CheckAsync(connection, "before");
        using CancellationTokenSource source = new();
        Task other = server.WaitClosedAsync().AsTask();
        await Check.CancelledAsync(
            source,
            server.WaitClosedAsync(source.Token).AsTask(),
            "a wait for the server's end that is cancelled"
        );
        await Echo.CheckAsync(connection, "after");
        server.Close();
        await connection.DisposeAsync();
        await other;
    }

    private static async Task SendAsync(AsyncStreamWriter writer, byte[] bytes)
    {
        foreach (byte[] piece in bytes.Chunk(4096))
        {
            writer.Write(piece);
            await writer.DrainAsync();
        }
    }
}
