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
                "reset/in-pending-read",
                "a peer's reset surfaces in the pending read, and then everywhere",
                InPendingReadAsync,
                ContractCapabilities.RealReset
            ),
            new(
                "reset/in-waiting-drain",
                "a peer's reset surfaces in the waiting drain, and then everywhere",
                InWaitingDrainAsync,
                ContractCapabilities.RealReset
            ),
            new(
                "reset/in-wait-for-close",
                "a peer's reset surfaces in a flush that it cuts short",
                InWaitForCloseAsync,
                ContractCapabilities.RealReset
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
        await using Pulse pulse = await Pulse.StartAsync(world);
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
        await using Pulse pulse = await Pulse.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        Clog clog = await Clog.FillAsync(world, pulse, pair.Client.Writer, Limit);
        pair.Server.Abort();
        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(() => clog.Drain, "the waiting drain");
        await Loss.IsTheSameEverywhereAsync(pair.Client, error);
        Check.Same(0L, pair.Client.Writer.Buffered, "the bytes queued after the loss");
    }

    private static async Task InWaitForCloseAsync(ContractWorld world)
    {
        await using Pulse pulse = await Pulse.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        await Clog.FillAsync(world, pulse, pair.Client.Writer, Limit);
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
        await using Pulse pulse = await Pulse.StartAsync(world);
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
        await using Pulse pulse = await Pulse.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = small });
        pair.Client.Writer.Write(Payload.Random(world, 256 * small));
        await pulse.UntilAsync(() => pair.Server.Reader.Buffered > 2 * small);
        pair.Server.Writer.Close();
        ConnectionException error = await Loss.ProvokeAsync(pair.Client, pulse);
        Check.IsLoss(error, "what the writer hears of unread data");
    }

    private static async Task WriteToClosedAsync(ContractWorld world)
    {
        await using Pulse pulse = await Pulse.StartAsync(world);
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
}
