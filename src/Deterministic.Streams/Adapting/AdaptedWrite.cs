using System.Runtime.CompilerServices;
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

    /// <summary>
    /// Writes, and waits while too much is queued. A write takes all of its bytes once, or none if it is cancelled or refused before it begins: whoever copies from elsewhere must know which.
    /// Cancelling the wait takes what is left at once, and does not undo anything. A write that returns cancelled without having waited has taken nothing.
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

        if (data.Length > Piece)
        {
            return InPiecesAsync(connection, data, cancellationToken);
        }

        connection.Writer.Write(data.Span);
        ValueTask drain = connection.Writer.DrainAsync(cancellationToken);
        return drain.IsCanceled ? default : drain;
    }

    /// <summary>As <see cref="RunAsync"/>, blocking the calling thread.</summary>
    /// <returns>False if time ran out; all of it was taken nevertheless.</returns>
    public static bool TryRunBlocking(Connection connection, ReadOnlySpan<byte> data, in RealTimeLimit limit)
    {
        do
        {
            if (WhyNot(connection) is { } error)
            {
                throw error;
            }

            int count = Math.Min(data.Length, Piece);
            connection.Writer.Write(data[..count]);
            data = data[count..];
            if (!connection.Writer.DrainBlocking(limit))
            {
                connection.Writer.Write(data);
                return false;
            }
        } while (!data.IsEmpty);

        return true;
    }

    /// <summary>
    /// Why nothing is taken for sending, or null. <see cref="AsyncStreamWriter"/> drops such bytes without a word (W-LOST-01), because its users ask when they drain;
    /// whoever writes to a stream expects to hear of it.
    /// </summary>
    public static Exception? WhyNot(Connection connection) =>
        connection.Writer.IsClosing ? connection.Reader.Exception ?? Closed() : null;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask InPiecesAsync(
        Connection connection,
        ReadOnlyMemory<byte> data,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            int count = Math.Min(data.Length, Piece);
            connection.Writer.Write(data.Span[..count]);
            data = data[count..];
            ValueTask drain = connection.Writer.DrainAsync(cancellationToken);
            if (drain.IsCanceled)
            {
                connection.Writer.Write(data.Span);
                return;
            }

            try
            {
                await drain.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                connection.Writer.Write(data.Span);
                throw;
            }

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

    private static ConnectionException Closed() =>
        new(
            ConnectionErrorKind.Aborted,
            "This connection is closed or closing: nothing more is taken for sending. Write before closing it."
        );
}
