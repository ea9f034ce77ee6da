using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>Reads that cannot be served keep their hands off.</summary>
internal static class ReadingCases
{
    private const int Limit = 1000;

    public static IEnumerable<ContractCase> All =>
        [
            new("read/second", "a second read throws at once and disturbs nothing", SecondAsync),
            new(
                "read/overlong-line",
                "a line beyond the limit overruns and consumes nothing; skipping it goes on with the next",
                OverlongLineAsync
            ),
            new("read/lines", "lines arrive whole and in order, however they were written", LinesAsync),
        ];

    private static async Task SecondAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        Task<byte[]> first = pair.Client.Reader.ReadLineAsync().AsTask();
        await Check.ThrowsAsync<InvalidOperationException>(
            () => pair.Client.Reader.ReadAsync(1).AsTask(),
            "a second read"
        );
        await Check.ThrowsAsync<InvalidOperationException>(
            () => pair.Client.Reader.ReadLineAsync().AsTask(),
            "a second read"
        );
        Check.That(!first.IsCompleted, "the first read still waits");
        pair.Server.Writer.Write("whole\nnext\n"u8);
        Check.SameText("whole\n", await first, "the first read");
        Check.SameText("next\n", await pair.Client.Reader.ReadLineAsync(), "the read after it");
    }

    private static async Task OverlongLineAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world, client: new ClientOptions { Limit = Limit });
        byte[] line = [.. Enumerable.Repeat((byte)'x', 10 * Limit), (byte)'\n'];
        pair.Server.Writer.Write(line);
        pair.Server.Writer.Write("next\n"u8);

        for (int attempt = 1; attempt <= 2; attempt++)
        {
            await Check.ThrowsAsync<LimitOverrunException>(
                () => pair.Client.Reader.ReadLineAsync().AsTask(),
                "a line beyond the limit"
            );
        }

        Check.Same(line.Length, await pair.Client.Reader.SkipLineAsync(), "the bytes skipped");
        Check.SameText("next\n", await pair.Client.Reader.ReadLineAsync(), "the next line");
    }

    private static async Task LinesAsync(ContractWorld world)
    {
        const int count = 500;
        await using Pair pair = await Pair.ConnectAsync(world);
        byte[] all = Payload.Text(string.Concat(Enumerable.Range(0, count).Select(number => $"line {number}\n")));
        Task sending = SendAsync(pair.Server.Writer, all, Payload.Fork(world));
        for (int number = 0; number < count; number++)
        {
            Check.SameBytes(Payload.Text($"line {number}\n"), await pair.Client.Reader.ReadLineAsync(), "a line");
        }

        await sending;
        Check.Same(0, (await pair.Client.Reader.ReadLineAsync()).Length, "the length of the line after the last");
        Check.That(pair.Client.Reader.AtEof, "the stream has ended");
    }

    private static async Task SendAsync(AsyncStreamWriter writer, byte[] all, Random random)
    {
        for (int sent = 0; sent < all.Length; )
        {
            int length = Math.Min(random.Next(1, 30), all.Length - sent);
            writer.Write(all.AsSpan(sent, length));
            sent += length;
            await writer.DrainAsync();
        }

        writer.Close();
    }
}
