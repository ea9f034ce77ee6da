using System.Net.Sockets;

namespace Deterministic.Sockets;

/// <summary>Checks a socket that somebody else connected. Clause C-OPEN-02.</summary>
internal static class OpenSocket
{
    /// <exception cref="ArgumentException">It is no connected stream socket. It stays open, and its caller's.</exception>
    public static void ThrowIfUnusable(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        if (socket.SocketType != SocketType.Stream)
        {
            throw new ArgumentException(
                $"A Stream Socket was expected, got {socket.SocketType} ({socket.ProtocolType}).",
                nameof(socket)
            );
        }

        if (!socket.Connected)
        {
            throw new ArgumentException(
                "The socket is not connected: connect it first, or give the address instead.",
                nameof(socket)
            );
        }
    }
}
