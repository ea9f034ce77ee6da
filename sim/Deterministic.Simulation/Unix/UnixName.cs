using System.Net;
using System.Net.Sockets;

namespace Deterministic.Simulation.Unix;

/// <summary>What a Unix socket's address says.</summary>
internal static class UnixName
{
    /// <summary>Where the name begins in the system's own form of an address: after the family.</summary>
    private const int NameOffset = 2;

    /// <summary>The address of a socket that was not bound.</summary>
    public static EndPoint None { get; } =
        new UnixDomainSocketEndPoint("/").Create(new SocketAddress(AddressFamily.Unix, NameOffset));

    /// <summary>Whether it is a name of the kernel's, without a file. Its text alone does not tell the path "@x" from the abstract name x.</summary>
    public static bool IsAbstract(UnixDomainSocketEndPoint address)
    {
        SocketAddress raw = address.Serialize();
        return raw.Size > NameOffset && raw[NameOffset] == 0;
    }
}
