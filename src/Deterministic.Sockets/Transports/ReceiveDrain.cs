using System.Buffers;
using System.Net.Sockets;

namespace Deterministic.Sockets.Transports;

/// <summary>Discards what the kernel has received and will never be read.</summary>
internal static class ReceiveDrain
{
    /// <summary>A few system calls for the largest receive buffer that Linux grows to by itself (6 MiB), and small enough to be pooled.</summary>
    private const int ScratchSize = 256 * 1024;

    /// <summary>
    /// Reads and forgets what has arrived so far; what arrives meanwhile is not waited for. Also while a receive is in flight: it may not have been woken yet for what is here, and
    /// of a connection that this side closes it reports nothing.
    /// </summary>
    /// <param name="socket">Non-blocking, about to be closed.</param>
    public static void Discard(Socket socket)
    {
        if (!TryGetCount(socket, out int left))
        {
            return;
        }

        byte[] scratch = ArrayPool<byte>.Shared.Rent(Math.Min(left, ScratchSize));
        while (left > 0 && socket.Receive(scratch, SocketFlags.None, out _) is > 0 and int count)
        {
            left -= count;
        }

        ArrayPool<byte>.Shared.Return(scratch);
    }

    private static bool TryGetCount(Socket socket, out int count)
    {
        try
        {
            count = socket.Available;
            return count > 0;
        }
        catch (SocketException)
        {
            // The connection is lost: what was unread is gone.
            count = 0;
            return false;
        }
    }
}
