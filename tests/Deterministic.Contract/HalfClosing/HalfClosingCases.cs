using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>One half ends, the other goes on.</summary>
internal static class HalfClosingCases
{
    public static IEnumerable<ContractCase> All =>
        [
            new(
                "half-close/client-first",
                "a client that has ended its half still reads",
                ClientFirstAsync,
                ContractCapabilities.HalfClose
            ),
            new(
                "half-close/server-first",
                "a server that has ended its half still reads",
                ServerFirstAsync,
                ContractCapabilities.HalfClose
            ),
            new(
                "half-close/after-much",
                "the end of a half comes after all that was written",
                AfterMuchAsync,
                ContractCapabilities.HalfClose
            ),
            new(
                "half-close/delivers",
                "the end of a half does not overtake what the network holds",
                DeliversAsync,
                ContractCapabilities.HalfClose
            ),
            new(
                "half-close/is-no-close",
                "a peer that has ended its half is not gone",
                IsNoCloseAsync,
                ContractCapabilities.HalfClose
            ),
            new("half-close/told", "whether a half can be ended alone is told, and is so", ToldAsync),
            new(
                "half-close/both-at-once",
                "both halves end at once, and the connection is closed when it is closed",
                BothAtOnceAsync,
                ContractCapabilities.HalfClose
            ),
            new(
                "half-close/while-stopped",
                "a half that is ended behind a full queue ends after it, and the other goes on meanwhile",
                WhileStoppedAsync,
                ContractCapabilities.HalfClose
            ),
        ];

    private static async Task ClientFirstAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        Check.That(pair.Client.Writer.CanWriteEof, "a world with half-close says so");
        await HalvesAsync(world, pair.Client, pair.Server);
    }

    private static async Task ServerFirstAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        await HalvesAsync(world, pair.Server, pair.Client);
    }

    private static async Task HalvesAsync(ContractWorld world, Connection first, Connection second)
    {
        byte[] question = Payload.Random(world, 1000);
        byte[] answer = Payload.Random(world, world.TransferBytes / 4);
        first.Writer.Write(question);
        first.Writer.WriteEof();
        Check.SameBytes(
            question,
            await second.Reader.ReadToEndAsync(),
            "what was written before the end of the first half"
        );

        second.Writer.Write(answer);
        second.Writer.WriteEof();
        Check.SameBytes(answer, await first.Reader.ReadToEndAsync(), "what was written to the half that went on");
        Check.That(first.Reader.AtEof && second.Reader.AtEof, "both halves have ended");
    }

    private static async Task AfterMuchAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        byte[] much = Payload.Random(world, world.TransferBytes);
        pair.Client.Writer.Write(much);
        pair.Client.Writer.WriteEof();
        Check.SameBytes(much, await pair.Server.Reader.ReadToEndAsync(), "what was queued when the half was ended");
    }

    private static async Task DeliversAsync(ContractWorld world)
    {
        const int small = 1024;
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = small });
        byte[] bytes = Payload.Random(world, 16 * small);
        pair.Client.Writer.Write(bytes);
        pair.Client.Writer.WriteEof();
        await pulse.UntilCalmAsync(() => pair.Server.Reader.Buffered, unless: ProgressProbe.Never);
        Check.SameBytes(
            bytes,
            await pair.Server.Reader.ReadToEndAsync(),
            "the bytes that arrived before the end of the half"
        );
    }

    private static async Task IsNoCloseAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Client.Writer.WriteEof();
        Check.Same(0, (await pair.Server.Reader.ReadAsync(1)).Length, "the bytes at the end of the stream");
        Check.That(!pair.Server.Writer.IsClosing, "the other half is open");
        Task closed = pair.Server.Writer.WaitClosedAsync().AsTask();
        Task<byte[]> word = pair.Client.Reader.ReadExactlyAsync(4).AsTask();
        await pulse.UntilCalmAsync(() => 0, unless: Task.WhenAny(word, closed));
        Check.That(!word.IsCompleted, "a read from the other half waits");
        pair.Server.Writer.Write("word"u8);
        Check.SameText("word", await word, "a word through the other half");
        Check.That(!closed.IsCompleted, "a connection whose peer has ended its half is not closed");
        pair.Server.Writer.Close();
        await closed;
    }

    private static async Task ToldAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        AsyncStreamWriter writer = pair.Client.Writer;
        Check.Same(world.Can(ContractCapabilities.HalfClose), writer.CanWriteEof, "whether a half can be ended alone");
        Type expected = writer.CanWriteEof ? typeof(InvalidOperationException) : typeof(NotSupportedException);
        try
        {
            writer.WriteEof();
            writer.WriteEof();
            writer.Write("too late"u8);
            Check.That(false, "writing after the end is an error");
        }
        catch (InvalidOperationException error)
        {
            Check.Same(expected, error.GetType(), "the error");
        }
        catch (NotSupportedException error)
        {
            Check.Same(expected, error.GetType(), "the error");
            await pair.CheckUsableAsync();
            writer.Close();
        }

        Check.Same(0, (await pair.Server.Reader.ReadAsync(1)).Length, "the bytes at the end of the stream");
    }

    private static async Task BothAtOnceAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Client.Writer.Write("there"u8);
        pair.Server.Writer.Write("back"u8);
        pair.Client.Writer.WriteEof();
        pair.Server.Writer.WriteEof();
        Check.SameText("there", await pair.Server.Reader.ReadToEndAsync(), "what the client said");
        Check.SameText("back", await pair.Client.Reader.ReadToEndAsync(), "what the server said");

        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        await pulse.UntilCalmAsync(() => 0, unless: closed);
        Check.That(!closed.IsCompleted, "a connection of which both halves have ended is not closed");
        pair.Client.Writer.Close();
        await closed;
        pair.Server.Writer.Close();
        await pair.Server.Writer.WaitClosedAsync();
    }

    private static async Task WhileStoppedAsync(ContractWorld world)
    {
        const int limit = 16 * 1024;
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = limit });
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, limit);
        pair.Client.Writer.WriteEof();
        pair.Server.Writer.Write("meanwhile\n"u8);
        Check.SameText("meanwhile\n", await pair.Client.Reader.ReadLineAsync(), "a line the other way");
        Check.Same(clog.Written, await Pattern.ReadToEndAsync(pair.Server.Reader), "the bytes before the end");
        await clog.Drain;
        pair.Server.Writer.Write("afterwards\n"u8);
        Check.SameText("afterwards\n", await pair.Client.Reader.ReadLineAsync(), "a line after the end");
    }
}
