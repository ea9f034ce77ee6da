using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tuning;

/// <summary>
/// The options of a connection that are options of its socket. Clause W-INFO-03.
/// <para>This folder is socket options: this file sets them, <see cref="TcpInfo"/> reads the kernel's state.</para>
/// </summary>
internal static class SocketTuning
{
    /// <summary>Sets no-delay and keep-alive. Sockets that are no TCP have neither.</summary>
    /// <exception cref="ArgumentException">This system does not take what <see cref="KeepAliveOptions"/> asks for.</exception>
    /// <exception cref="SocketException">The connection is lost already.</exception>
    public static void Apply(Socket socket, ConnectionOptions options)
    {
        if (!IsTcp(socket))
        {
            return;
        }

        socket.NoDelay = options.NoDelay;
        if (options.KeepAlive is { } keepAlive)
        {
            KeepAliveTuning.Apply(socket, keepAlive);
        }
    }

    /// <summary>Refuses what this system has no means for, before anything is done.</summary>
    /// <exception cref="ArgumentException">There is something.</exception>
    public static void ThrowIfUnsupported(ConnectionOptions options)
    {
        if (options.Linger > TimeSpan.Zero && !TcpInfo.IsSupported)
        {
            throw new ArgumentException(
                $"This system does not report what the peer has acknowledged, so a close can't wait for it: leave ConnectionOptions.Linger ({options.Linger:c}) out, or set it to zero.",
                nameof(options)
            );
        }
    }

    /// <summary>Whether it is TCP. The protocol need not be named: it is the only one of streams over IP that a socket has by default.</summary>
    public static bool IsTcp(Socket socket) =>
        socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
        && socket.ProtocolType is ProtocolType.Tcp or ProtocolType.Unspecified;
}
