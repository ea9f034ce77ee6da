using System.Globalization;
using System.Net;

namespace Deterministic.Kernel.Tests;

/// <summary>What the kernel says of all its connections of IPv4: also of those that no program holds any more.</summary>
internal static class ConnectionStates
{
    /// <summary>In the order of their numbers: <c>include/net/tcp_states.h</c>.</summary>
    private static readonly string[] Names =
    [
        "unknown",
        "ESTABLISHED",
        "SYN-SENT",
        "SYN-RECEIVED",
        "FIN-WAIT-1",
        "FIN-WAIT-2",
        "TIME-WAIT",
        "CLOSED",
        "CLOSE-WAIT",
        "LAST-ACK",
        "LISTEN",
        "CLOSING",
        "SYN-RECEIVED",
    ];

    /// <summary>The state of one end; CLOSED if there is none.</summary>
    public static string Of(IPEndPoint local, IPEndPoint remote)
    {
        string wanted = $"{Hex(local)} {Hex(remote)} ";
        foreach (string line in File.ReadLines("/proc/net/tcp"))
        {
            int place = line.IndexOf(wanted, StringComparison.Ordinal);
            if (place >= 0)
            {
                return Names[
                    int.Parse(
                        line.AsSpan(place + wanted.Length, 2),
                        NumberStyles.AllowHexSpecifier,
                        CultureInfo.InvariantCulture
                    )
                ];
            }
        }

        return "CLOSED";
    }

    /// <summary>The address as the number that its bytes are in memory, and the port as a number.</summary>
    private static string Hex(IPEndPoint end) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{BitConverter.ToUInt32(end.Address.GetAddressBytes()):X8}:{end.Port:X4}"
        );
}
