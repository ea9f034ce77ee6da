using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>A writer that has filled the network and its queue, because the peer does not read: its drain waits.</summary>
internal sealed class SaturatedWriter
{
    /// <summary>Below the low watermark, so that each piece alone would pass.</summary>
    public const int PieceBytes = 8 * 1024;

    /// <summary>What a reader may take beyond twice its limit: one receive. No driver of sense lends more than that at once.</summary>
    public const int ReceiveBytes = 256 * 1024;

    private SaturatedWriter(long written, Task drain)
    {
        Written = written;
        Drain = drain;
    }

    /// <summary>How many bytes of the <see cref="Pattern"/> were written.</summary>
    public long Written { get; }

    /// <summary>The drain that waits.</summary>
    public Task Drain { get; }

    /// <summary>Writes and drains until a drain waits and nothing moves any more.</summary>
    /// <param name="world">Where.</param>
    /// <param name="pulse">Lets the network go on.</param>
    /// <param name="writer">Who writes.</param>
    /// <param name="readerLimit">The limit of the peer, who does not read.</param>
    /// <param name="cancellationToken">For the drains.</param>
    public static async Task<SaturatedWriter> FillAsync(
        ContractWorld world,
        ProgressProbe pulse,
        AsyncStreamWriter writer,
        int readerLimit,
        CancellationToken cancellationToken = default
    )
    {
        long most =
            world.NetworkHoldsBytes + writer.WriteBufferLimits.High + PieceBytes + (2L * readerLimit) + ReceiveBytes;
        byte[] piece = new byte[PieceBytes];
        long written = 0;
        while (true)
        {
            Pattern.Fill(piece, written);
            writer.Write(piece);
            written += piece.Length;
            Check.That(
                written <= most,
                $"a writer whose peer does not read is stopped before it has written {most} bytes"
            );
            Task drain = writer.DrainAsync(cancellationToken).AsTask();
            await pulse.UntilCalmAsync(() => writer.Buffered, unless: drain);
            if (!drain.IsCompleted)
            {
                return new SaturatedWriter(written, drain);
            }

            await drain;
        }
    }
}
