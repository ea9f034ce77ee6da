using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>A connection ends in good order.</summary>
internal static class ClosingCases
{
    private const int Limit = 16 * 1024;

    public static IEnumerable<ContractCase> All =>
        [
            new("close/flushes", "a close sends all that is queued before the end of file", FlushesAsync),
            new(
                "close/delivers",
                "what the network has taken still arrives when the writer is long gone",
                DeliversAsync
            ),
            new(
                "close/use-after",
                "after a close writes are dropped, drains raise and reads have ended",
                UseAfterAsync
            ),
            new("close/ends-pending-read", "a close ends the own pending read as an end of file", EndsPendingReadAsync),
            new(
                "close/keeps-what-arrived",
                "what has arrived before a close is still read after it",
                KeepsWhatArrivedAsync
            ),
            new(
                "close/wait",
                "the wait for the close ends when the connection is gone, and closes nothing itself",
                WaitAsync
            ),
            new(
                "close/alone",
                "a close is done once all is sent, though the peer neither reads nor closes",
                AloneAsync,
                ContractCapabilities.ClosesAlone
            ),
            new("close/abort-own-side", "an abort ends the own side at once and without an error", AbortOwnSideAsync),
            new(
                "close/abort-while-flushing",
                "an abort ends a close that waits for its flush",
                AbortWhileFlushingAsync
            ),
            new("close/both-at-once", "both sides close at once, and both are done", BothAtOnceAsync),
            new(
                "close/after-the-peer",
                "a side whose peer has closed is open until it closes itself",
                AfterThePeerAsync
            ),
            new("close/neighbours", "a close touches no other connection of its server", NeighboursAsync),
        ];

    private static async Task FlushesAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        AsyncStreamWriter writer = pair.Client.Writer;
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, writer, Limit);
        Check.That(writer.Buffered > 0, "something is queued");

        writer.Close();
        Task closed = writer.WaitClosedAsync().AsTask();
        Check.That(!closed.IsCompleted, "a connection with bytes queued is not closed");
        Check.Same(
            clog.Written,
            await Pattern.ReadToEndAsync(pair.Server.Reader),
            "the bytes that arrived before the end of file"
        );
        pair.Server.Writer.Close();
        await closed;
    }

    private static async Task DeliversAsync(ContractWorld world)
    {
        const int small = 1024;
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = small });
        byte[] bytes = Payload.Random(world, 16 * small);
        pair.Client.Writer.Write(bytes);
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        await pulse.UntilCalmAsync(() => pair.Client.Writer.Buffered, unless: closed);
        Check.SameBytes(bytes, await pair.Server.Reader.ReadToEndAsync(), "the bytes that arrived");
        pair.Server.Writer.Close();
        await closed;
    }

    private static async Task UseAfterAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Client.Writer.Write("last words"u8);
        pair.Client.Writer.Close();
        pair.Client.Writer.Close();
        Check.That(pair.Client.Writer.IsClosing, "a closed writer is closing");
        Check.SameText("last words", await pair.Server.Reader.ReadToEndAsync(), "what the peer got");
        pair.Server.Writer.Close();
        await pair.Client.Writer.WaitClosedAsync();

        pair.Client.Writer.Write("too late"u8);
        pair.Client.Writer.WriteEof();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => pair.Client.Writer.DrainAsync().AsTask(),
            "a drain after the close"
        );
        Check.IsLoss(error, "the error of the drain");
        Check.Same(0, (await pair.Client.Reader.ReadAsync(1)).Length, "the bytes of a read after the close");
        Check.Same(0, (await pair.Client.Reader.ReadLineAsync()).Length, "the length of a line after the close");
        await Check.ThrowsAsync<IncompleteReadException>(
            () => pair.Client.Reader.ReadExactlyAsync(1).AsTask(),
            "an exact read after the close"
        );
        await pair.Client.Writer.WaitClosedAsync();
    }

    private static async Task EndsPendingReadAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        Task<byte[]> read = pair.Client.Reader.ReadAsync(1).AsTask();
        Check.That(!read.IsCompleted, "a read without data waits");
        pair.Client.Writer.Close();
        Check.Same(0, (await pair.Server.Reader.ReadAsync(1)).Length, "the bytes that the peer reads");
        pair.Server.Writer.Close();
        Check.Same(0, (await read).Length, "the bytes of the pending read");
    }

    private static async Task KeepsWhatArrivedAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Server.Writer.Write("in time"u8);
        await pulse.UntilAsync(() => pair.Client.Reader.Buffered == "in time".Length);
        pair.Client.Writer.Close();
        Check.Same(0, (await pair.Server.Reader.ReadAsync(1)).Length, "the bytes that the peer reads");
        await pair.CloseAsync();
        Check.SameText("in time", await pair.Client.Reader.ReadToEndAsync(), "what had arrived");
    }

    private static async Task WaitAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        Task[] waits = [pair.Client.Writer.WaitClosedAsync().AsTask(), pair.Client.Writer.WaitClosedAsync().AsTask()];
        await pair.CheckUsableAsync();
        await pulse.BeatAsync();
        Check.That(!waits.Any(wait => wait.IsCompleted), "a connection in use is not closed");
        await pair.CloseAsync();
        await Task.WhenAll(waits);
        await pair.Client.Writer.WaitClosedAsync();
    }

    private static async Task AloneAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Client.Writer.Write("last words"u8);
        pair.Client.Writer.Close();
        await pair.Client.Writer.WaitClosedAsync();
        await pulse.UntilCalmAsync(() => pair.Server.Reader.Buffered, unless: ProgressProbe.Never);
        Check.SameText("last words", await pair.Server.Reader.ReadToEndAsync(), "what the peer got");
    }

    private static async Task AbortOwnSideAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, Limit);
        Task<byte[]> read = pair.Client.Reader.ReadAsync(1).AsTask();

        pair.Client.Abort();
        Check.That(pair.Client.Writer.IsClosing, "an aborted writer is closing");
        Check.Same(0, (await read).Length, "the bytes of the pending read");
        await clog.Drain;
        await pair.Client.Writer.WaitClosedAsync();
        Check.Same(0L, pair.Client.Writer.Buffered, "the bytes queued after an abort");
    }

    private static async Task AbortWhileFlushingAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        AsyncStreamWriter writer = pair.Client.Writer;
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, writer, Limit);
        writer.Close();
        Task closed = writer.WaitClosedAsync().AsTask();
        await pulse.UntilCalmAsync(() => writer.Buffered, unless: closed);
        Check.That(!closed.IsCompleted, "a close waits for its flush");
        writer.Abort();
        await closed;
        await clog.Drain;
        Check.Same(0L, writer.Buffered, "the bytes queued after an abort");
        await Loss.OfStreamAsync(pair.Server.Reader, world);
    }

    private static async Task BothAtOnceAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        await pair.CheckUsableAsync();
        await pair.CloseAsync();
    }

    private static async Task AfterThePeerAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Server.Writer.Write("goodbye"u8);
        pair.Server.Writer.Close();
        Check.SameText("goodbye", await pair.Client.Reader.ReadToEndAsync(), "what was sent before the close");
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        if (world.Can(ContractCapabilities.HalfClose))
        {
            await pulse.UntilCalmAsync(() => 0, unless: closed);
            Check.That(!closed.IsCompleted, "a side whose peer has closed stays open");
            Check.That(!pair.Client.Writer.IsClosing, "its writer is not closing");
        }

        pair.Client.Writer.Close();
        await closed;
        await pair.Server.Writer.WaitClosedAsync();
    }

    private static async Task NeighboursAsync(ContractWorld world)
    {
        const int count = 9;
        await using StreamServer server = await Echo.StartAsync(world);
        Connection[] all = await Task.WhenAll(
            Enumerable.Range(0, count).Select(_ => world.ConnectAsync(server).AsTask())
        );
        for (int number = 0; number < count; number++)
        {
            await Echo.CheckAsync(all[number], "before");
        }

        for (int number = 0; number < count; number += 3)
        {
            all[number].Writer.Close();
            all[number + 1].Abort();
            await Echo.CheckAsync(all[number + 2], "after");
        }

        foreach (Connection connection in all)
        {
            await connection.DisposeAsync();
        }

        server.Close();
        await server.WaitClosedAsync();
    }
}
