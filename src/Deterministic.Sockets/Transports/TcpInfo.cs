using System.Net.Sockets;

namespace Deterministic.Sockets;

/// <summary>What the kernel tells of a TCP connection, where it does.</summary>
internal static class TcpInfo
{
    /// <summary>The level and the name of Linux for <c>tcp_info</c>, which begins with a byte that is the state.</summary>
    private const int Level = 6;
    private const int Name = 11;

    /// <summary>Whether this system can tell.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <exception cref="SocketException">It is no TCP socket.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public static TcpState StateOf(Socket socket)
    {
        Span<byte> state = stackalloc byte[1];
        socket.GetRawSocketOption(Level, Name, state);
        return (TcpState)state[0];
    }
}
