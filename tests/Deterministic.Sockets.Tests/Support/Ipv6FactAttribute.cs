using System.Net;
using System.Net.Sockets;

namespace Deterministic.Sockets.Tests;

/// <summary>A test that needs IPv6; elsewhere it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class Ipv6FactAttribute : FactAttribute
{
    public Ipv6FactAttribute()
    {
        if (!IsThere())
        {
            Skip = "This machine has no IPv6: nothing can be bound at [::1].";
        }
    }

    private static bool IsThere()
    {
        if (!Socket.OSSupportsIPv6)
        {
            return false;
        }

        try
        {
            using Socket socket = new(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Loopback, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
