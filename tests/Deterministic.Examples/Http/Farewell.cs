using Deterministic.Streams;

namespace Deterministic.Examples.Http;

/// <summary>Closes a connection whose client may still be sending.</summary>
/// <remarks>
/// Bytes that arrive at a closed socket are answered with a reset, which can overtake our last words. So our half ends first, and what the client
/// still sends is dropped until it has understood: RFC 9112, 9.6.
/// </remarks>
internal static class Farewell
{
    /// <summary>A client that sends more than this does not listen.</summary>
    private const int MostDropped = 16 * 1024 * 1024;

    public static async ValueTask SayAsync(Connection connection, CancellationToken cancellationToken)
    {
        if (!connection.Writer.CanWriteEof)
        {
            return;
        }

        connection.Writer.WriteEof();
        long dropped = 0;
        while (dropped < MostDropped)
        {
            long count = (await connection.Reader.BorrowAsync(HttpServer.LongestLine, cancellationToken)).Length;
            if (count == 0)
            {
                return;
            }

            dropped += count;
        }
    }
}
