using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Every wait can be given up; nothing is lost, and the connection stays usable.</summary>
internal static class CancellingCases
{
    private const int Limit = 16 * 1024;

    public static IEnumerable<ContractCase> All =>
        [
            .. ReadForm.All.Select(form => new ContractCase(
                $"cancel/{form.Name}",
                "a cancelled read loses nothing of what has come",
                world => ReadAsync(world, form)
            )),
            new("cancel/skip-line", "a cancelled skip goes on from where it was", SkipLineAsync),
            new("cancel/race", "a cancellation that meets data loses none of it and doubles none", RaceAsync),
            new("cancel/before", "a wait with a cancelled token does not begin, and takes nothing", BeforeAsync),
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
            new(
                "cancel/serve-forever",
                "a server that is served for ever is closed by the cancellation, and its connections go on",
                ServeForeverAsync
            ),
        ];

    private static async Task ReadAsync(ContractWorld world, ReadForm form)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        AsyncStreamReader reader = pair.Client.Reader;
        using CancellationTokenSource source = new();
        Task<byte[]> waiting = form.ReadAsync(reader, source.Token).AsTask();
        pair.Server.Writer.Write(Payload.Text(form.Beginning));
        await pulse.UntilAsync(() => reader.Buffered == form.Beginning.Length);
        await Check.CancelledAsync(source, waiting, "a read that is cancelled");
        Check.Same(form.Beginning.Length, reader.Buffered, "the bytes kept");

        pair.Server.Writer.Write(Payload.Text(form.Rest));
        if (form.Beginning.Length == 0)
        {
            await pulse.UntilAsync(() => reader.Buffered == form.Rest.Length);
        }

        Check.SameText(
            form.Beginning + form.Rest,
            await form.ReadAsync(reader, CancellationToken.None),
            "the read after the cancelled one"
        );
        await pair.CheckUsableAsync();
    }

    private static async Task SkipLineAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        AsyncStreamReader reader = pair.Client.Reader;
        using CancellationTokenSource source = new();
        Task<long> waiting = reader.SkipLineAsync(source.Token).AsTask();
        pair.Server.Writer.Write("dropped"u8);
        await pulse.UntilCalmAsync(() => reader.Buffered, unless: waiting);
        await Check.CancelledAsync(source, waiting, "a skip that is cancelled");
        pair.Server.Writer.Write(" and gone\nnext\n"u8);
        await reader.SkipLineAsync();
        Check.SameText("next\n", await reader.ReadLineAsync(), "the line after the skipped one");
    }

    private static async Task RaceAsync(ContractWorld world)
    {
        const int rounds = 200;
        await using Pair pair = await Pair.ConnectAsync(world);
        List<byte> got = [];
        for (int round = 0; round < rounds; round++)
        {
            using CancellationTokenSource source = new();
            Task<byte[]> read = pair.Client.Reader.ReadAsync(1, source.Token).AsTask();
            pair.Server.Writer.Write([(byte)round]);
            source.Cancel();
            try
            {
                got.AddRange(await read);
            }
            catch (OperationCanceledException)
            {
                // The byte comes with a later read.
            }
        }

        got.AddRange(await pair.Client.Reader.ReadExactlyAsync(rounds - got.Count));
        Check.SameBytes(
            [.. Enumerable.Range(0, rounds).Select(round => (byte)round)],
            [.. got],
            "the bytes of cancelled and other reads"
        );
        await pair.CheckUsableAsync();
    }

    private static async Task BeforeAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        using CancellationTokenSource source = new();
        source.Cancel();
        CancellationToken token = source.Token;
        pair.Server.Writer.Write("a whole line\n"u8);
        await pulse.UntilAsync(() => pair.Client.Reader.Buffered == "a whole line\n".Length);
        Func<Task>[] waits =
        [
            .. ReadForm.All.Select<ReadForm, Func<Task>>(form =>
                () => form.ReadAsync(pair.Client.Reader, token).AsTask()
            ),
            () => pair.Client.Reader.ReadToEndAsync(token).AsTask(),
            () => pair.Client.Reader.SkipLineAsync(token).AsTask(),
            () => pair.Client.Writer.DrainAsync(token).AsTask(),
            () => pair.Client.Writer.WaitClosedAsync(token).AsTask(),
        ];
        foreach (Func<Task> wait in waits)
        {
            OperationCanceledException error = await Check.ThrowsAsync<OperationCanceledException>(
                wait,
                "a wait with a cancelled token"
            );
            Check.Same(token, error.CancellationToken, "the token of the exception");
        }

        Check.SameText("a whole line\n", await pair.Client.Reader.ReadLineAsync(), "the line that was there");
    }

    private static async Task ReadToEndAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        byte[] much = Payload.Random(world, world.TransferBytes / 4);
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
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        AsyncStreamWriter writer = pair.Client.Writer;
        using CancellationTokenSource source = new();
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, writer, Limit, source.Token);
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
        await pair.CloseAsync();
        await other;
        await pair.Client.Writer.WaitClosedAsync();
    }

    private static async Task ServerWaitClosedAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        await using Connection connection = await world.ConnectAsync(server);
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

    private static async Task ServeForeverAsync(ContractWorld world)
    {
        await using StreamServer server = await Echo.StartAsync(world);
        await using Connection connection = await world.ConnectAsync(server);
        await Echo.CheckAsync(connection, "before");
        using CancellationTokenSource source = new();
        await Check.CancelledAsync(
            source,
            server.ServeForeverAsync(source.Token).AsTask(),
            "serving for ever that is cancelled"
        );
        Check.That(!server.IsServing, "a server whose serving was cancelled does not serve");
        await Echo.CheckAsync(connection, "after");
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
