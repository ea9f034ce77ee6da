using System.Net.Sockets;
using Deterministic.Sockets.Tuning;

namespace Deterministic.Sockets.Connecting;

/// <summary>Checks sockets that were opened elsewhere. Clauses C-OPEN-02, C-SRV-01, C-UNIX-03.</summary>
internal static class OpenSocket
{
    /// <exception cref="ArgumentException">It is no connected stream socket. It stays open, and its caller's.</exception>
    public static void ThrowIfNotConnected(Socket socket)
    {
        ThrowIfNoStream(socket);
        if (!socket.Connected)
        {
            throw new ArgumentException(
                "The socket is not connected: connect it first, or give the address instead.",
                nameof(socket)
            );
        }
    }

    /// <summary>How many bytes have been received from it and read. What arrives during the call can be counted as read.</summary>
    /// <exception cref="SocketException">It is no longer connected.</exception>
    public static long CountRead(Socket socket)
    {
        if (!TcpInfo.IsSupported || !SocketTuning.IsTcp(socket))
        {
            return 0;
        }

        // In this order: too many only make an end of file that is followed by a reset look like the reset.
        int unread = socket.Available;
        TcpInfo info = TcpInfo.Of(socket);
        return info.Received - unread - (info.IsEnded ? 1 : 0);
    }

    /// <exception cref="ArgumentException">It is no stream socket that is bound. It stays open, and its caller's.</exception>
    public static void ThrowIfNotBound(Socket socket)
    {
        ThrowIfNoStream(socket);
        if (socket.Connected)
        {
            throw new ArgumentException(
                "The socket is connected, and a server needs one that is bound only: to serve one connection, use OpenConnection.",
                nameof(socket)
            );
        }

        if (!socket.IsBound)
        {
            throw new ArgumentException(
                "The socket is not bound: bind it first, or give the address instead.",
                nameof(socket)
            );
        }
    }

    private static void ThrowIfNoStream(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.SocketType != SocketType.Stream)
        {
            throw new ArgumentException(
                $"A Stream Socket was expected, got {socket.SocketType} ({socket.ProtocolType}).",
                nameof(socket)
            );
        }
    }
}
