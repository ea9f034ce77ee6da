using System.Net;

namespace Deterministic.Streams.Naming;

/// <summary>A host and a port as an end point: an address in text as that address; a name, and an address with a scope, to be resolved by the network.</summary>
internal static class HostAddress
{
    /// <exception cref="ArgumentException">It is no host: clause C-OPEN-13.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The port is below <paramref name="leastPort"/> or above 65535.</exception>
    public static EndPoint Of(string host, int port, int leastPort, string parameter = "host")
    {
        HostText text = HostText.Parse(host, parameter);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, leastPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return text is { Address: { } address, Scope: null }
            ? new IPEndPoint(address, port)
            : new DnsEndPoint(text.Text, port);
    }
}
