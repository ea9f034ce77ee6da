using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Deterministic.Sockets.Tuning;

/// <summary>The kernel's state of a TCP connection (TCP_INFO), on systems that have it.</summary>
/// <param name="State">Its state.</param>
/// <param name="Received">
/// Numbers that have arrived in order since the handshake: each byte has one, and so has the peer's FIN. -1 where the kernel does not count them (before Linux 4.1).
/// </param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TcpInfo(KernelTcpState State, long Received)
{
    /// <summary>The level and the name of Linux for <c>tcp_info</c>, which begins with a byte that is the state.</summary>
    private const int Level = 6;
    private const int Name = 11;

    /// <summary>Where <c>tcpi_bytes_received</c> is.</summary>
    private const int ReceivedOffset = 128;

    /// <summary>Whether this system has it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Whether the peer's FIN has arrived, as far as the state shows it.</summary>
    public bool IsEnded =>
        State
            is KernelTcpState.CloseWait
                or KernelTcpState.LastAck
                or KernelTcpState.Closing
                or KernelTcpState.TimeWait;

    /// <exception cref="SocketException">It is no TCP socket.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public static KernelTcpState StateOf(Socket socket)
    {
        Span<byte> state = stackalloc byte[1];
        socket.GetRawSocketOption(Level, Name, state);
        return (KernelTcpState)state[0];
    }

    /// <exception cref="SocketException">It is no TCP socket.</exception>
    /// <exception cref="ObjectDisposedException">It is closed.</exception>
    public static TcpInfo Of(Socket socket)
    {
        Span<byte> info = stackalloc byte[ReceivedOffset + sizeof(long)];
        int length = socket.GetRawSocketOption(Level, Name, info);
        long received = length < info.Length ? -1 : BitConverter.ToInt64(info[ReceivedOffset..]);
        return new TcpInfo((KernelTcpState)info[0], received);
    }
}
