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
        ];

    private static async Task SlowReaderAsync(ContractWorld world)
    {
        await using Pulse pulse = await Pulse.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        AsyncStreamWriter writer = pair.Client.Writer;
        Clog clog = await Clog.FillAsync(world, pulse, writer, Limit);

        WriteBufferLimits marks = writer.WriteBufferLimits;
        Check.That(
            writer.Buffered > marks.Low,
            $"a writer that waits has more queued than its low watermark (it has {writer.Buffered} bytes)"
        );
        Check.That(
            writer.Buffered <= marks.High + Clog.PieceBytes,
            $"a writer that drains queues no more than its high watermark and one write (it has {writer.Buffered} bytes)"
        );

        Task<long> reading = Pattern.ReadToEndAsync(pair.Server.Reader);
        await clog.Drain;
        Check.That(
            writer.Buffered <= marks.Low,
            $"a drain ends at the low watermark (there are {writer.Buffered} bytes)"
        );
        writer.Close();
        Check.Same(clog.Written, await reading, "the bytes that arrived");
    }

    private static async Task ManyDrainsAsync(ContractWorld world)
    {
        await using Pulse pulse = await Pulse.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        Clog clog = await Clog.FillAsync(world, pulse, pair.Client.Writer, Limit);
        Task[] drains = [.. Enumerable.Range(0, 5).Select(_ => pair.Client.Writer.DrainAsync().AsTask())];
        Check.That(!drains.Any(drain => drain.IsCompleted), "further drains wait too");
        Task<long> reading = Pattern.ReadToEndAsync(pair.Server.Reader);
        await clog.Drain;
        await Task.WhenAll(drains);
        pair.Client.Writer.Close();
        Check.Same(clog.Written, await reading, "the bytes that arrived");
    }
}
