using System.Net.Sockets;

namespace Deterministic.Sockets.Serving;

/// <summary>Probes whether a socket is bound to a path, unnoticed by a server that listens there. Clause C-UNIX-04.</summary>
internal static class SocketProbe
{
    /// <summary>
    /// A datagram socket is connected to it: a stream socket there refuses one for its type, whether it listens or is only bound, and is not notified of it.
    /// A file that no socket is bound to any more refuses any. Windows has no datagrams of this kind: its servers see a connection that ends at once.
    /// </summary>
    /// <returns>False only if it certainly has none: when in doubt, the file counts as in use.</returns>
    public static bool IsAlive(UnixDomainSocketEndPoint address)
    {
        SocketType type = OperatingSystem.IsWindows() ? SocketType.Stream : SocketType.Dgram;
        using Socket probe = new(AddressFamily.Unix, type, ProtocolType.Unspecified);
        try
        {
            probe.Connect(address);
            return true;
        }
        catch (SocketException error)
        {
            // The runtime's name for ENOENT is AddressNotAvailable: removed since, so it is not in use either.
            return error.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable);
        }
    }
}
