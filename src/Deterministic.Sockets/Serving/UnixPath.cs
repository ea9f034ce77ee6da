using System.Net.Sockets;

namespace Deterministic.Sockets.Serving;

/// <summary>Reads the address of a Unix socket.</summary>
internal static class UnixPath
{
    /// <summary>Where the name begins in the system's own form of an address: after the family.</summary>
    private const int NameOffset = 2;

    /// <summary>The path; null for an abstract name, and for a socket without a name.</summary>
    public static string? Of(UnixDomainSocketEndPoint address)
    {
        // Its text is the same for the path "@x" and the abstract name x.
        System.Net.SocketAddress raw = address.Serialize();
        return raw.Size > NameOffset && raw[NameOffset] != 0 ? address.ToString() : null;
    }
}
