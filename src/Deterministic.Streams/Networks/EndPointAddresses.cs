using System.Net;
using System.Net.Sockets;
using Deterministic.Core;

namespace Deterministic.Streams;

/// <summary>What end points stand for: the rules that do not depend on who resolves names. For authors of drivers. Clauses C-OPEN-06, C-SRV-01.</summary>
public static class EndPointAddresses
{
    /// <summary>Where a server serves that was given no host: <see cref="NetworkExtensions.AnyHost"/>.</summary>
    /// <param name="port">0 to 65535.</param>
    /// <param name="family">Only of this family; unspecified for both.</param>
    /// <exception cref="ConnectionException">The family has no such address.</exception>
    public static IPEndPoint[] OfAnyHost(int port, AddressFamily family)
    {
        IPEndPoint[] all = [new(IPAddress.Any, port), new(IPAddress.IPv6Any, port)];
        IPEndPoint[] wanted = [.. all.Where(address => IsOf(address.Address, family))];
        return wanted.Length > 0
            ? wanted
            : throw NotResolved(
                $"There are no addresses of the family {family} to serve at: use InterNetwork or InterNetworkV6."
            );
    }

    /// <summary>An address, which must be of the family asked for.</summary>
    /// <param name="address">It.</param>
    /// <param name="family">Unspecified for any.</param>
    /// <exception cref="ConnectionException">It is of another family.</exception>
    public static IPEndPoint OfFamily(IPEndPoint address, AddressFamily family)
    {
        ArgumentNullException.ThrowIfNull(address);
        return IsOf(address.Address, family)
            ? address
            : throw NotResolved($"The address {address} is not of the family {family} that the options ask for.");
    }

    /// <summary>The addresses of a name, each once, in the resolver's order.</summary>
    /// <param name="name">Its own family counts too.</param>
    /// <param name="resolved">What the resolver says.</param>
    /// <param name="family">Only of this family; unspecified for any.</param>
    /// <exception cref="ConnectionException">None is left.</exception>
    public static IPEndPoint[] OfName(DnsEndPoint name, IEnumerable<IPAddress> resolved, AddressFamily family)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(resolved);
        IPEndPoint[] found =
        [
            .. resolved
                .Where(address => IsOf(address, name.AddressFamily) && IsOf(address, family))
                .Distinct()
                .Select(address => new IPEndPoint(address, name.Port)),
        ];
        return found.Length > 0
            ? found
            : throw NotResolved($"The name '{name.Host}' has no address of the family asked for.");
    }

    /// <summary>The address that a host is in text: <see cref="ResolverHints.NumericHost"/>.</summary>
    /// <param name="host">In text.</param>
    /// <exception cref="ConnectionException">It is a name.</exception>
    public static IPAddress OfText(string host) =>
        IPAddress.TryParse(host, out IPAddress? address)
            ? address
            : throw NotResolved(
                $"The host '{host}' is no address in text, and ResolverHints.NumericHost has no resolver asked."
            );

    /// <summary>Whether an address is of a family.</summary>
    /// <param name="address">It.</param>
    /// <param name="family">Unspecified for any.</param>
    public static bool IsOf(IPAddress address, AddressFamily family)
    {
        ArgumentNullException.ThrowIfNull(address);
        return family == AddressFamily.Unspecified || address.AddressFamily == family;
    }

    private static ConnectionException NotResolved(string message) => new(ConnectionErrorKind.NameNotResolved, message);
}
