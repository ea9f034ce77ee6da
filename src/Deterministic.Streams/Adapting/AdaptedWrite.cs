using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>A write as streams and pipes understand it: it takes the pace of the peer, and says so if nothing is taken any more.</summary>
internal static class AdaptedWrite
{
    /// <summary>
    /// Larger writes are taken in pieces of this size, so that no write makes the connection hold more than its high watermark and one piece.
    /// 64 KiB is the default watermark, and as much as one send of a socket is likely to take.
    /// </summary>
    public const int Piece = WriteBufferLimits.DefaultHigh;

    /// <summary>Writes, and waits while too much is queued. What a cancellation leaves is whole pieces: a write of one piece is taken whole or, if it was cancelled before it began, not at all.</summary>
    public static ValueTask RunAsync(
        Connection connection,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellationToken
    ) =>
        data.Length > PieceOf(connection) || !connection.Writer.HasRoomFor(data.Length)
            ? InPiecesAsync(connection, data, cancellationToken)
            : WriteAsync(connection, data, cancellationToken);

    /// <summary>
    /// Why nothing is taken for sending, or null. <see cref="AsyncStreamWriter"/> drops such bytes without a word (W-LOST-01), because its users ask when they drain;
    /// whoever writes to a stream expects to hear of it.
    /// </summary>
    public static Exception? WhyNot(Connection connection) =>
        connection.Writer.IsClosing ? connection.Reader.Exception ?? Closed() : null;

    private static ValueTask WriteAsync(
        Connection connection,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellationToken
    )
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        if (WhyNot(connection) is { } error)
        {
            return ValueTask.FromException(error);
        }

        connection.Writer.Write(data.Span);
        return connection.Writer.DrainAsync(cancellationToken);
    }

    private static async ValueTask InPiecesAsync(
        Connection connection,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellationToken
    )
    {
        while (!data.IsEmpty)
        {
            int count = Math.Min(data.Length, PieceOf(connection));
            if (!connection.Writer.HasRoomFor(count))
            {
                // MaxUnsentBytes refuses writes that do not wait for the peer; this one does.
                await connection.Writer.DrainAsync(cancellationToken).ConfigureAwait(false);
            }

            await WriteAsync(connection, data[..count], cancellationToken).ConfigureAwait(false);
            data = data[count..];
        }
    }

    private static int PieceOf(Connection connection) => (int)Math.Min(Piece, connection.Writer.RoomAfterDrain);

    private static ConnectionException Closed() =>
        new(
            ConnectionErrorKind.Aborted,
            "This connection is closed or closing: nothing more is taken for sending. Write before closing it."
        );
}
