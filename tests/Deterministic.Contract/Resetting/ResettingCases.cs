using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>A peer that aborts is heard of, wherever one waits.</summary>
internal static class ResettingCases
{
    private const int Limit = 16 * 1024;

    public static IEnumerable<ContractCase> All =>
        [
            new(
                "reset/ends-the-peer",
                "an abort ends whatever the peer waits for, in one way or another",
                EndsThePeerAsync
            ),
            new("reset/crossing", "both sides abort at once, and neither hangs", CrossingAsync),
            new("reset/after-own-close", "a peer's abort after the own close changes nothing", AfterOwnCloseAsync),
            new(
                "reset/idle",
                "a peer's reset while nobody waits is kept for whoever asks",
                IdleAsync,
                ContractCapabilities.RealReset
            ),
            new(
                "reset/while-reading-is-paused",
                "a peer's reset behind data that nobody reads yet surfaces after it",
                WhileReadingIsPausedAsync,
                ContractCapabilities.RealReset
            ),
            new(
                "reset/in-read-and-drain",
                "a peer's reset surfaces in the pending read and the waiting drain alike",
                InReadAndDrainAsync,
                ContractCapabilities.CloseWithUnreadDataResets
            ),
            new(
                "reset/after-the-peers-end",
                "a peer's reset after its half has ended surfaces in what is written",
                AfterThePeersEndAsync,
                ContractCapabilities.RealReset | ContractCapabilities.HalfClose
            ),
            new(
                "reset/in-pending-read",
                "a peer's reset surfaces in the pending read, and then everywhere",
                InPendingReadAsync,
                ContractCapabilities.RealReset
            ),
            new(
                "reset/in-waiting-drain",
                "a peer's reset surfaces in the waiting drain, and then everywhere",
                InWaitingDrainAsync,
                ContractCapabilities.CloseWithUnreadDataResets
            ),
            new(
                "reset/in-wait-for-close",
                "a peer's reset surfaces in a flush that it cuts short",
                InWaitForCloseAsync,
                ContractCapabilities.CloseWithUnreadDataResets
            ),
            new(
                "reset/after-half-close",
                "a peer's reset surfaces after the own half has ended",
                AfterHalfCloseAsync,
                ContractCapabilities.RealReset | ContractCapabilities.HalfClose
            ),
            new(
                "reset/keeps-what-arrived",
                "bytes that arrived before a reset stay reachable",
                KeepsWhatArrivedAsync,
                ContractCapabilities.RealReset
            ),
            new(
                "reset/close-with-unread",
                "a close with unread data tells the writing peer so",
                CloseWithUnreadAsync,
                ContractCapabilities.CloseWithUnreadDataResets
            ),
            new(
                "reset/write-to-closed",
                "writing to a peer that has closed ends in a loss",
                WriteToClosedAsync,
                ContractCapabilities.CloseWithUnreadDataResets
            ),
        ];

    private static async Task InPendingReadAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        Task<byte[]> read = pair.Client.Reader.ReadAsync(10).AsTask();
        Check.That(!read.IsCompleted, "a read without data waits");
        pair.Server.Abort();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(() => read, "the pending read");
        Check.Same(ConnectionErrorKind.Reset, error.Kind, "how the connection was lost");
        await Loss.IsTheSameEverywhereAsync(pair.Client, error);
        pair.Client.Writer.Write("dropped without a word"u8);
        await pulse.BeatAsync();
    }

    private static async Task InWaitingDrainAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, Limit);
        pair.Server.Abort();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(() => clog.Drain, "the waiting drain");
        await Loss.IsTheSameEverywhereAsync(pair.Client, error);
        Check.Same(0L, pair.Client.Writer.Buffered, "the bytes queued after the loss");
    }

    private static async Task InWaitForCloseAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, Limit);
        pair.Client.Writer.Close();
        Task closed = pair.Client.Writer.WaitClosedAsync().AsTask();
        pair.Server.Abort();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => closed,
            "the wait for a close whose flush is cut short"
        );
        Check.IsLoss(error, "the error of the wait");
    }

    private static async Task AfterHalfCloseAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Client.Writer.WriteEof();
        Check.Same(0, (await pair.Server.Reader.ReadAsync(1)).Length, "the bytes at the end of the stream");
        Task<byte[]> read = pair.Client.Reader.ReadAsync(1).AsTask();
        pair.Server.Abort();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(() => read, "the pending read");
        await Loss.IsTheSameEverywhereAsync(pair.Client, error);
    }

    private static async Task KeepsWhatArrivedAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Server.Writer.Write("in time"u8);
        await pulse.UntilAsync(() => pair.Client.Reader.Buffered == "in time".Length);
        pair.Server.Abort();
        await pulse.UntilAsync(() => pair.Client.Reader.Exception is not null);
        await Check.ThrowsAsync<ConnectionException>(
            () => pair.Client.Reader.ReadAsync(1).AsTask(),
            "a read after the reset"
        );
        Check.SameText("in time", pair.Client.Reader.TakeBuffered(), "what had arrived");
    }

    private static async Task CloseWithUnreadAsync(ContractWorld world)
    {
        const int small = 1024;
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = small });
        pair.Client.Writer.Write(Payload.Random(world, 256 * small));
        await pulse.UntilAsync(() => pair.Server.Reader.Buffered > 2 * small);
        pair.Server.Writer.Close();
        ConnectionException error = await Loss.ProvokeAsync(pair.Client, pulse);
        Check.IsLoss(error, "what the writer hears of unread data");
    }

    private static async Task WriteToClosedAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Server.Writer.Write("goodbye"u8);
        pair.Server.Writer.Close();
        Check.SameText("goodbye", await pair.Client.Reader.ReadToEndAsync(), "what was sent before the close");
        ConnectionException error = await Loss.ProvokeAsync(pair.Client, pulse);
        Check.IsLoss(error, "what the writer hears of a peer that has closed");
        await Check.ThrowsAsync<ConnectionException>(
            () => pair.Client.Writer.WaitClosedAsync().AsTask(),
            "the wait for the close"
        );
    }

    private static async Task EndsThePeerAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        await pair.CheckUsableAsync();
        Task read = Loss.OfReaderAsync(pair.Client.Reader, world);
        Check.That(!read.IsCompleted, "a read without data waits");
        pair.Server.Abort();
        await read;
        pair.Client.Writer.Close();
        await Loss.OrEndAsync(pair.Client.Writer);
    }

    private static async Task CrossingAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Client.Abort();
        pair.Server.Abort();
        await pair.Client.Writer.WaitClosedAsync();
        await Loss.OrEndAsync(pair.Server.Writer);
        await ConnectingCases.CheckConnectsAsync(world);
    }

    private static async Task AfterOwnCloseAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Client.Writer.Write("goodbye"u8);
        pair.Client.Writer.Close();
        if (world.Can(ContractCapabilities.ClosesAlone))
        {
            await pair.Client.Writer.WaitClosedAsync();
        }

        Check.SameText("goodbye", await pair.Server.Reader.ReadToEndAsync(), "what was sent before the close");
        pair.Server.Abort();
        await pulse.UntilCalmAsync(() => 0, unless: ProgressProbe.Never);
        await pair.Client.Writer.WaitClosedAsync();
        Check.Same(0, (await pair.Client.Reader.ReadAsync(1)).Length, "the bytes of a read after the own close");
    }

    private static async Task IdleAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        await pair.CheckUsableAsync();
        pair.Server.Abort();
        await pulse.UntilAsync(() => pair.Client.Writer.IsClosing && pair.Client.Reader.Exception is not null);
        ConnectionException error = (ConnectionException)pair.Client.Reader.Exception!;
        Check.Same(ConnectionErrorKind.Reset, error.Kind, "how the connection was lost");
        await Loss.IsTheSameEverywhereAsync(pair.Client, error);
    }

    private static async Task WhileReadingIsPausedAsync(ContractWorld world)
    {
        const int small = 1024;
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = small });
        await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, small);
        Check.That(pair.Server.Reader.Buffered > 2 * small, "reading is paused");
        pair.Client.Abort();
        await Loss.OfStreamAsync(pair.Server.Reader, world);
    }

    private static async Task InReadAndDrainAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, Limit);
        Task read = pair.Client.Reader.ReadAsync(1).AsTask();
        pair.Server.Abort();
        ConnectionException first = await Check.ThrowsAsync<ConnectionException>(() => clog.Drain, "the waiting drain");
        ConnectionException second = await Check.ThrowsAsync<ConnectionException>(() => read, "the pending read");
        Check.That(ReferenceEquals(first, second), "the read and the drain raise one and the same error");
        await Loss.IsTheSameEverywhereAsync(pair.Client, first);
    }

    private static async Task AfterThePeersEndAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world);
        pair.Server.Writer.WriteEof();
        Check.Same(0, (await pair.Client.Reader.ReadAsync(1)).Length, "the bytes at the end of the stream");
        pair.Server.Abort();
        ConnectionException error = await Loss.ProvokeAsync(pair.Client, pulse);
        Check.IsLoss(error, "what the writer hears");
    }
}
