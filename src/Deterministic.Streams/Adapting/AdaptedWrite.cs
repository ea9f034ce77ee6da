using System.Runtime.CompilerServices;
using Deterministic.Core;
using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Adapting;

/// <summary>A write as streams and pipes understand it: it waits for the peer, and fails once nothing is taken any more.</summary>
internal static class AdaptedWrite
{
    /// <summary>
    /// Larger writes are taken in pieces of this size, so that no write makes the connection hold more than its high watermark and one piece.
    /// 64 KiB is the default watermark, and as much as one send of a socket is likely to take.
    /// </summary>
    public const int Piece = WriteBufferLimits.DefaultHigh;

    /// <summary>
    /// Writes, and waits while too much is queued. A write takes all of its bytes once, or none if it is cancelled or refused before it begins: code that copies must know which.
    /// Cancelling the wait takes what is left at once, and does not undo anything; if <see cref="ConnectionOptions.MaxUnsentBytes"/> leaves no room for it, the connection is aborted, since a
    /// stream with a gap must not look whole. A write that returns cancelled without having waited has taken nothing.
    /// </summary>
    public static ValueTask RunAsync(
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

        if (data.Length > PieceOf(connection) || !connection.Writer.HasRoomFor(data.Length))
        {
            return InPiecesAsync(connection, data, cancellationToken);
        }

        connection.Writer.Write(data.Span);
        ValueTask drain = connection.Writer.DrainAsync(cancellationToken);
        return drain.IsCanceled ? default : drain;
    }

    /// <summary>As <see cref="RunAsync"/>, blocking the calling thread.</summary>
    /// <returns>False if time ran out; all of it was taken nevertheless, or the connection aborted, as with a cancellation.</returns>
    public static bool TryRunBlocking(Connection connection, ReadOnlySpan<byte> data, in RealTimeLimit limit)
    {
        do
        {
            if (WhyNot(connection) is { } error)
            {
                throw error;
            }

            int count = Math.Min(data.Length, PieceOf(connection));
            if (!connection.Writer.HasRoomFor(count) && !connection.Writer.DrainBlocking(limit))
            {
                TakeRest(connection, data);
                return false;
            }

            connection.Writer.Write(data[..count]);
            data = data[count..];
            if (!connection.Writer.DrainBlocking(limit))
            {
                TakeRest(connection, data);
                return false;
            }
        } while (!data.IsEmpty);

        return true;
    }

    /// <summary>
    /// Why nothing is taken for sending, or null. <see cref="AsyncStreamWriter"/> drops such bytes silently (W-LOST-01), because its users ask when they drain;
    /// the user of a stream expects an exception.
    /// </summary>
    public static Exception? WhyNot(Connection connection) =>
        connection.Writer.IsClosing
            ? connection.Reader.Exception ?? (connection.IsClosedByPeer ? PeerEnded() : Closed())
            : null;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask InPiecesAsync(
        Connection connection,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellationToken
    )
    {
        bool begun = false;
        while (true)
        {
            int count = Math.Min(data.Length, PieceOf(connection));
            if (!connection.Writer.HasRoomFor(count))
            {
                // MaxUnsentBytes refuses writes that do not wait for the peer; this one does.
                ValueTask room = connection.Writer.DrainAsync(cancellationToken);
                if (begun || !room.IsCanceled)
                {
                    await WaitAsync(room, connection, data).ConfigureAwait(false);
                }
                else
                {
                    // Nothing of this write is taken yet: it ends cancelled at once.
                    await room.ConfigureAwait(false);
                }
            }

            connection.Writer.Write(data.Span[..count]);
            data = data[count..];
            begun = true;
            ValueTask drain = connection.Writer.DrainAsync(cancellationToken);
            if (drain.IsCanceled)
            {
                TakeRest(connection, data.Span);
                return;
            }

            await WaitAsync(drain, connection, data).ConfigureAwait(false);
            if (data.IsEmpty)
            {
                return;
            }

            if (WhyNot(connection) is { } error)
            {
                throw error;
            }
        }
    }

    /// <summary>Waits for a drain. A cancellation takes the rest of the write.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask WaitAsync(ValueTask drain, Connection connection, ReadOnlyMemory<byte> rest)
    {
        try
        {
            await drain.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            TakeRest(connection, rest.Span);
            throw;
        }
    }

    private static void TakeRest(Connection connection, ReadOnlySpan<byte> rest)
    {
        if (connection.Writer.HasRoomFor(rest.Length))
        {
            connection.Writer.Write(rest);
        }
        else
        {
            connection.Abort();
        }
    }

    private static int PieceOf(Connection connection) => (int)Math.Min(Piece, connection.Writer.RoomAfterDrain);

    private static ConnectionException PeerEnded() =>
        new(
            ConnectionErrorKind.BrokenPipe,
            "The peer has ended the stream, and this connection has no half-close: nothing more is taken for sending."
        );

    private static ConnectionException Closed() =>
        new(
            ConnectionErrorKind.Aborted,
            "This connection is closed or closing: nothing more is taken for sending. Write before closing it."
        );
}
