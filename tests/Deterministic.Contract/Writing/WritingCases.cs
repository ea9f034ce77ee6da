using System.Buffers;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>What is written arrives as it was when it was written, whole and in order.</summary>
internal static class WritingCases
{
    private const int Limit = 16 * 1024;

    /// <summary>Many pieces, and a small part of what networks hold.</summary>
    private const long MostUnsent = 256 * 1024;
    private const int Writers = 8;
    private const int MessagesEach = 100;
    private const int MaxMessage = 2_000;

    public static IEnumerable<ContractCase> All =>
        [
            new(
                "write/own-memory",
                "memory that was written is the caller's again, whether it was sent or queued",
                OwnMemoryAsync
            ),
            new("write/pieces", "many pieces, empty ones among them, are written as one", PiecesAsync),
            new(
                "write/concurrent",
                "what several write at once arrives whole, and each one's in order",
                ConcurrentAsync
            ),
            new(
                "write/unsent-bound",
                "a write that would leave too much unsent is refused whole, and the connection goes on",
                UnsentBoundAsync
            ),
            new(
                "write/unsent-abort",
                "where that was chosen, a write that would leave too much unsent aborts the connection",
                UnsentAbortAsync
            ),
        ];

    private static async Task OwnMemoryAsync(ContractWorld world)
    {
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await using Pair pair = await Pair.ConnectAsync(world, server: new ServerOptions { Limit = Limit });
        byte[] mine = Payload.Text("a word on its own");
        pair.Client.Writer.Write(mine);
        mine.AsSpan().Clear();
        Check.SameText(
            "a word on its own",
            await pair.Server.Reader.ReadExactlyAsync(mine.Length),
            "what was sent at once"
        );

        // A clog writes from one piece of memory over and over, and most of it is queued.
        SaturatedWriter clog = await SaturatedWriter.FillAsync(world, pulse, pair.Client.Writer, Limit);
        pair.Client.Writer.Close();
        Check.Same(clog.Written, await Pattern.ReadToEndAsync(pair.Server.Reader), "the bytes that arrived");
    }

    private static async Task UnsentBoundAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(
            world,
            new ClientOptions { MaxUnsentBytes = MostUnsent },
            new ServerOptions { Limit = Limit }
        );
        AsyncStreamWriter writer = pair.Client.Writer;
        byte[] piece = new byte[SaturatedWriter.PieceBytes];
        long written = 0;
        bool refused = false;
        while (!refused)
        {
            Pattern.Fill(piece, written);
            try
            {
                writer.Write(piece);
                written += piece.Length;
            }
            catch (InvalidOperationException)
            {
                refused = true;
            }

            Check.That(writer.Buffered <= MostUnsent, "no more is queued than is allowed");
            Check.That(
                written <= world.NetworkHoldsBytes + MostUnsent + (2L * Limit) + SaturatedWriter.ReceiveBytes,
                "a writer whose peer does not read is refused some time"
            );
        }

        Check.That(writer.Buffered > 0, "what was taken before is still queued");
        Check.That(!writer.IsClosing, "the connection goes on");
        writer.Close();
        Check.Same(written, await Pattern.ReadToEndAsync(pair.Server.Reader), "the bytes that arrived");
        pair.Server.Writer.Close();
        await writer.WaitClosedAsync();
    }

    private static async Task UnsentAbortAsync(ContractWorld world)
    {
        ClientOptions options = new() { MaxUnsentBytes = MostUnsent, UnsentOverflow = UnsentOverflow.AbortConnection };
        await using Pair pair = await Pair.ConnectAsync(world, options, new ServerOptions { Limit = Limit });
        AsyncStreamWriter writer = pair.Client.Writer;
        long written = 0;
        while (!writer.IsClosing)
        {
            writer.Write(new byte[SaturatedWriter.PieceBytes]);
            written += SaturatedWriter.PieceBytes;
            Check.That(
                written <= world.NetworkHoldsBytes + MostUnsent + (2L * Limit) + SaturatedWriter.ReceiveBytes,
                "a writer whose peer does not read is stopped some time"
            );
        }

        ConnectionException error = await Check.ThrowsAsync<ConnectionException>(
            () => writer.WaitClosedAsync().AsTask(),
            "the end of a connection with too much unsent"
        );
        Check.Same(ConnectionErrorKind.Aborted, error.Kind, "why it ended");
        Check.Same(0L, writer.Buffered, "the bytes still queued");
        Check.Same(error, pair.Client.Reader.Exception, "what the reader has");
        Check.Same(
            error,
            await Check.ThrowsAsync<ConnectionException>(() => writer.DrainAsync().AsTask(), "a drain"),
            "what the drain throws"
        );
    }

    private static async Task PiecesAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        byte[] all = Payload.Random(world, world.TransferBytes / 8);
        ReadOnlyMemory<byte>[] pieces = [.. Cut(all, Payload.Fork(world))];
        pair.Client.Writer.WriteLines(pieces);
        pair.Client.Writer.Write(Sequence(pieces));
        pair.Client.Writer.Write([]);
        pair.Client.Writer.Close();
        byte[] arrived = await pair.Server.Reader.ReadToEndAsync();
        Check.SameBytes([.. all, .. all], arrived, "what was written in pieces, twice");
    }

    private static async Task ConcurrentAsync(ContractWorld world)
    {
        await using Pair pair = await Pair.ConnectAsync(world);
        Task writing = Task.WhenAll(
            Enumerable.Range(0, Writers).Select(writer => WriteAsync(world, pair.Client.Writer, (byte)writer))
        );
        int[] next = new int[Writers];
        for (int message = 0; message < Writers * MessagesEach; message++)
        {
            byte[] head = await pair.Server.Reader.ReadExactlyAsync(4);
            int writer = head[0];
            Check.That(writer < Writers, $"message {message} begins where one was begun (its first byte is {writer})");
            Check.Same(next[writer]++, head[1], $"the number of the next message of writer {writer}");
            byte[] body = await pair.Server.Reader.ReadExactlyAsync((head[2] << 8) | head[3]);
            Check.That(body.All(one => one == head[0]), $"a message of writer {writer} has no bytes of another");
        }

        await writing;
    }

    /// <summary>After a round trip of its own each goes on wherever that ended: on as many threads as the world has.</summary>
    private static async Task WriteAsync(ContractWorld world, AsyncStreamWriter writer, byte number)
    {
        Random random = new(number);
        await using ProgressProbe pulse = await ProgressProbe.StartAsync(world);
        await pulse.BeatAsync();
        for (byte message = 0; message < MessagesEach; message++)
        {
            int length = random.Next(MaxMessage);
            byte[] bytes = new byte[4 + length];
            bytes.AsSpan().Fill(number);
            bytes[1] = message;
            bytes[2] = (byte)(length >> 8);
            bytes[3] = (byte)length;
            writer.Write(bytes);
            await writer.DrainAsync();
        }
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Cut(byte[] all, Random random)
    {
        for (int start = 0; start < all.Length; )
        {
            int length = Math.Min(random.Next(MaxMessage), all.Length - start);
            yield return all.AsMemory(start, length);
            start += length;
            yield return ReadOnlyMemory<byte>.Empty;
        }
    }

    private static ReadOnlySequence<byte> Sequence(ReadOnlyMemory<byte>[] pieces)
    {
        Segments all = new();
        foreach (ReadOnlyMemory<byte> piece in pieces)
        {
            all.Add(piece);
        }

        return all.ToSequence();
    }
}
