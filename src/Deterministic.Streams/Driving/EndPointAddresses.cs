using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams.Naming;

namespace Deterministic.Streams.Driving;

/// <summary>What end points stand for: the rules that do not depend on the resolver. For authors of drivers. Clauses C-OPEN-06, C-SRV-01.</summary>
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
    /// <param name="resolved">The resolver's answer.</param>
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
    /// <param name="findScope">As for <see cref="TryParseAddress"/>; null where there are no scopes.</param>
    /// <exception cref="ArgumentException">It is no host, or has a scope that is not there.</exception>
    /// <exception cref="ConnectionException">It is a name.</exception>
    public static IPAddress OfText(string host, Func<string, long?>? findScope = null) =>
        TryParseAddress(host, findScope, out IPAddress? address)
            ? address
            : throw NotResolved(
                $"The host '{host}' is no address in text, and ResolverHints.NumericHost has no resolver asked."
            );

    /// <summary>The address that a host is in text, if it is not a name. A driver that resolves names asks this first. Clause C-OPEN-13.</summary>
    /// <param name="host">In text: a name, an IPv4 address, or an IPv6 address with or without brackets and a scope.</param>
    /// <param name="findScope">The number of a scope of this place (a network interface), by its name or number in text; null for one that is not there. Null where there are no scopes.</param>
    /// <param name="address">With its scope; null for a name.</param>
    /// <returns>False for a name.</returns>
    /// <exception cref="ArgumentException">It is no host, or has a scope that is not there.</exception>
    public static bool TryParseAddress(
        string host,
        Func<string, long?>? findScope,
        [NotNullWhen(true)] out IPAddress? address
    )
    {
        HostText text = HostText.Parse(host, nameof(host));
        address = text.Address;
        if (text is { Address: { } unscoped, Scope: { } scope })
        {
            long number =
                findScope?.Invoke(scope)
                ?? throw HostText.Invalid(
                    host,
                    $"has the scope {QuotedText.Of(scope)}, and there is no network interface of that name or number here",
                    nameof(host)
                );
            address = new IPAddress(unscoped.GetAddressBytes(), number);
        }

        return address is not null;
    }

    /// <summary>A name in the form of DNS, in ASCII. A name that is ASCII already is unchanged.</summary>
    /// <param name="name">A name, not an address.</param>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public static string ToDnsName(string name) =>
        HostText.Parse(name, nameof(name)).Address is null
            ? HostName.ToAscii(name)
            : throw HostText.Invalid(name, "is an address, and no name", nameof(name));

    /// <summary>Checks the text that an end point has in it: a host, or the path of a Unix socket. For a driver that is asked without <see cref="NetworkExtensions"/>. Clauses C-OPEN-13, C-UNIX-06.</summary>
    /// <param name="endPoint">Of any kind.</param>
    /// <param name="parameter">What the caller calls it.</param>
    /// <exception cref="ArgumentException">It is no host, or no path.</exception>
    public static void ThrowIfInvalid(EndPoint endPoint, string? parameter = null)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        EndPointText.ThrowIfInvalid(endPoint, parameter);
    }

    /// <summary>The address of a Unix socket's path or abstract name. Clause C-UNIX-06.</summary>
    /// <param name="path">A path, or an abstract name, which begins with a NUL.</param>
    /// <exception cref="ArgumentException">It is empty, longer than the system takes, or has a NUL in it.</exception>
    public static UnixDomainSocketEndPoint OfPath(string path) => UnixAddress.Of(path);

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
