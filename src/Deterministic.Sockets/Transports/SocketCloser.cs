using System.Net.Sockets;

namespace Deterministic.Sockets.Transports;

/// <summary>The ways in which a connected socket ends.</summary>
internal static class SocketCloser
{
    /// <summary>In order: what the kernel took is still sent.</summary>
    /// <param name="socket">Non-blocking.</param>
    public static void Close(Socket socket)
    {
        ReceiveDrain.Discard(socket);
        EndSending(socket);
        socket.Dispose();
    }

    /// <summary>At once: a linger time of zero has the kernel drop what it has and send a reset.</summary>
    public static void Reset(Socket socket) => socket.Close(timeout: 0);

    /// <summary>Without this, disposing a socket that has a receive in flight resets the connection (SafeSocketHandle.CloseHandle).</summary>
    public static void EndSending(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The peer was faster. Pending operations have failed with it; nothing is left to report.
        }
        catch (ObjectDisposedException)
        {
            // An abort from another thread was.
        }
    }
}
