using System.Net;
using Deterministic.Streams.Naming;

namespace Deterministic.Streams.Networks;

/// <summary>The hosts and ports of a server, as end points to bind.</summary>
internal static class ServingHosts
{
    /// <exception cref="ArgumentException">It is no host.</exception>
    public static EndPoint ToEndPoint(string? host, int port, string parameter = "host") =>
        HostAddress.Of(string.IsNullOrEmpty(host) ? NetworkExtensions.AnyHost : host, port, leastPort: 0, parameter);

    /// <exception cref="ArgumentException">There is none, or one is no host.</exception>
    public static EndPoint[] ToEndPoints(IReadOnlyList<string> hosts, int port)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        if (hosts.Count == 0 || hosts.Any(string.IsNullOrEmpty))
        {
            // An empty name stands for every address where it is the only one; in a list it is more likely a mistake that opens a server to the world.
            throw new ArgumentException(
                "The hosts must be names or addresses, at least one. To serve at every address, give no host at all.",
                nameof(hosts)
            );
        }

        return [.. hosts.Select(host => ToEndPoint(host, port, nameof(hosts)))];
    }
}
