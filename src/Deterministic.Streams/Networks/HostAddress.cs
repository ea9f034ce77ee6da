using System.Net;

namespace Deterministic.Streams;

/// <summary>A host and a port as an end point: an address in text as that address, and a name to be resolved by the network.</summary>
internal static class HostAddress
{
    /// <exception cref="ArgumentException">The host is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is below <paramref name="leastPort"/> or above 65535.</exception>
    public static EndPoint Of(string host, int port, int leastPort)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, leastPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return IPAddress.TryParse(host, out IPAddress? address)
            ? new IPEndPoint(address, port)
            : new DnsEndPoint(host, port);
    }
}
