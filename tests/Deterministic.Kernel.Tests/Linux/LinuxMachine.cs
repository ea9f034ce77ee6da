using System.Net.Sockets;

namespace Deterministic.Kernel.Tests;

/// <summary>Whether scenarios can be played on this machine's kernel.</summary>
internal static class LinuxMachine
{
    private const int TcpLevel = 6;
    private const int Repair = 19;

    /// <summary>Why not, or null.</summary>
    /// <param name="privileged">Whether also those that take an administrator of the network.</param>
    public static string? WhyNot(bool privileged)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists("/proc/net/tcp"))
        {
            return "This is no Linux that tells of its connections in /proc/net/tcp.";
        }

        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            PacketFilter.LetNothingIn(socket);
        }
        catch (SocketException)
        {
            return "This system lets no socket have a packet filter (SO_ATTACH_FILTER), so no peer can fall silent.";
        }

        try
        {
            if (privileged)
            {
                socket.SetRawSocketOption(TcpLevel, Repair, BitConverter.GetBytes(1));
            }

            return null;
        }
        catch (SocketException)
        {
            return "To close a socket without a packet (TCP_REPAIR) takes an administrator of the network (CAP_NET_ADMIN).";
        }
    }
}
