using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>A writer keeps to the pace of its reader.</summary>
internal static class FlowControlCases
{
    private const int Limit = 16 * 1024;

    public static IEnumerable<ContractCase> All =>
        [
            new(
                "flow/slow-reader",
                "a peer that does not read stops the writer at its watermarks, and loses nothing",
                SlowReaderAsync
            ),
            new("flow/many-drains", "all drains that wait are released together", ManyDrainsAsync),
            new("flow/watermarks", "watermarks of one's own are kept, as often as they are met", WatermarksAsync),
            new(
                "flow/reader-pauses",
                "a reader whom nobody asks takes twice its limit, and no more",
                ReaderPausesAsync
            ),
            new("flow/drip", "a peer that reads a few bytes at a time gets them all", DripAsync),
            new("flow/both-ways", "a direction that is stopped does not stop the other", BothWaysAsync),
        ];

    private static async Task SlowReaderAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        SaturatedWriter clog = await FillAsync(world, pulse, pair.Client.Writer);

        Task<long> reading = Pattern.ReadToEndAsync(pair.Server.Reader);
        await clog.Drain;
        CheckReleased(pair.Client.Writer);
        pair.Client.Writer.Close();
        Check.Same(clog.Written, await reading, "the bytes that arrived");
    }

    private static async Task WatermarksAsync(ContractWorld world)
    {
        ClientOptions options = new() { WriteBufferLimits = WriteBufferLimits.Create(high: 9_000, low: 1_000) };
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, options, new ServerOptions { Limit = Limit });
        for (int round = 1; round <= 3; round++)
        {
            SaturatedWriter clog = await FillAsync(world, pulse, pair.Client.Writer);
            Check.That(pair.Client.Writer.IsPaused, "a writer whose drain waits is paused");
            await Pattern.ReadExactlyAsync(pair.Server.Reader, 0, clog.Written);
            await clog.Drain;
            CheckReleased(pair.Client.Writer);
            Check.That(!pair.Client.Writer.IsPaused, "a writer whose drain has ended is not paused");
        }
    }

    private static async Task<SaturatedWriter> FillAsync(
        ContractWorld world,
        ProgressProbe pulse,
        AsyncStreamWriter writer
    )
    {
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, writer, Limit);
        WriteBufferLimits marks = writer.WriteBufferLimits;
        Check.That(
            writer.Buffered > marks.Low,
            $"a writer that waits has more queued than its low watermark (it has {writer.Buffered} bytes)"
        );
        Check.That(
            writer.Buffered <= marks.High + SaturatedWriter.PieceBytes,
            $"a writer that drains queues no more than its high watermark and one write (it has {writer.Buffered} bytes)"
        );
        return clog;
    }

    private static void CheckReleased(AsyncStreamWriter writer) =>
        Check.That(
            writer.Buffered <= writer.WriteBufferLimits.Low,
            $"a drain ends at the low watermark (there are {writer.Buffered} bytes)"
        );

    private static async Task ManyDrainsAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, Limit);
        Task[] drains = [.. Enumerable.Range(0, 5).Select(_ => pair.Client.Writer.DrainAsync().AsTask())];
        Check.That(!drains.Any(drain => drain.IsCompleted), "further drains wait too");
        Task<long> reading = Pattern.ReadToEndAsync(pair.Server.Reader);
        await clog.Drain;
        await Task.WhenAll(drains);
        pair.Client.Writer.Close();
        Check.Same(clog.Written, await reading, "the bytes that arrived");
    }

    private static async Task ReaderPausesAsync(ContractWorld world)
    {
        const int small = 1024;
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = small });
        AsyncStreamReader reader = pair.Server.Reader;
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, small);
        long paused = reader.Buffered;
        Check.That(
            paused is > 2 * small and <= (2 * small) + SaturatedWriter.ReceiveBytes,
            $"a reader is paused at the receive that takes it beyond twice its limit (it has {paused} bytes)"
        );
        await pulse.UntilCalmAsync(() => 0, unless: ProgressProbe.Never);
        Check.Same(paused, reader.Buffered, "the bytes of a paused reader, a while later");

        pair.Client.Writer.Close();
        Check.Same(clog.Written, await Pattern.ReadToEndAsync(reader), "the bytes that arrived");
    }

    private static async Task DripAsync(ContractWorld world)
    {
        const int small = 64;
        const int atOnce = 7;
        int count = world.TransferBytes / 16;
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = small });
        Task reading = Pattern.ReadExactlyAsync(pair.Server.Reader, 0, count, atOnce);
        byte[] bytes = new byte[count];
        Pattern.Fill(bytes, 0);
        foreach (byte[] piece in bytes.Chunk(SaturatedWriter.PieceBytes))
        {
            pair.Client.Writer.Write(piece);
            await pair.Client.Writer.DrainAsync();
        }

        await reading;
    }

    private static async Task BothWaysAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(
            world,
            new ClientOptions { Limit = Limit },
            new ServerOptions { Limit = Limit }
        );
        SaturatedWriter there = await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, Limit);
        SaturatedWriter back = await SaturatedWriter.FillAsync(world, pulse, pair.Server.Writer, Limit);
        await Pattern.ReadExactlyAsync(pair.Client.Reader, 0, back.Written);
        await back.Drain;
        Check.That(!there.Drain.IsCompleted, "the direction that nobody reads is still stopped");
        await Pattern.ReadExactlyAsync(pair.Server.Reader, 0, there.Written);
        await there.Drain;
        await pair.CheckUsableAsync();
    }
}
