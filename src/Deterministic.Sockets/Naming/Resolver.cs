using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets;

/// <summary>Asks the system's resolver.</summary>
internal static class Resolver
{
    /// <param name="name">A name, or an address in text.</param>
    /// <param name="family">Only addresses of this family; unspecified for any. So does the family of <paramref name="name"/>.</param>
    /// <param name="hints">What else is asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ConnectionException">There is no such address.</exception>
    public static async ValueTask<IPEndPoint[]> ResolveAsync(
        DnsEndPoint name,
        AddressFamily family,
        ResolverHints hints,
        CancellationToken cancellationToken
    )
    {
        IPAddress[] addresses = hints.HasFlag(ResolverHints.NumericHost)
            ? [Parse(name.Host)]
            : await AskAsync(name, cancellationToken).ConfigureAwait(false);
        IEnumerable<AddressFamily> families = hints.HasFlag(ResolverHints.AddressConfigured)
            ? ConfiguredFamilies.Narrow(family, ConfiguredFamilies.Seen())
            : [family];
        IPEndPoint[] found =
        [
            .. addresses
                .Distinct()
                .Where(address => IsOf(address, name.AddressFamily) && families.Any(wanted => IsOf(address, wanted)))
                .Select(address => new IPEndPoint(address, name.Port)),
        ];
        return found.Length > 0
            ? found
            : throw new ConnectionException(
                ConnectionErrorKind.NameNotResolved,
                $"The name '{name.Host}' has no address of the family asked for."
            );
    }

    private static async Task<IPAddress[]> AskAsync(DnsEndPoint name, CancellationToken cancellationToken)
    {
        try
        {
            return await Dns.GetHostAddressesAsync(name.Host, name.AddressFamily, cancellationToken)
                .ConfigureAwait(false);
        }
        // An ArgumentException is the resolver's answer to what can't be a name, such as one of 300 letters.
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw SocketErrors.NotResolved(name.Host, error);
        }
    }

    private static IPAddress Parse(string host) =>
        IPAddress.TryParse(host, out IPAddress? address)
            ? address
            : throw new ConnectionException(
                ConnectionErrorKind.NameNotResolved,
                $"The host '{host}' is no address in text, and ResolverHints.NumericHost has no resolver asked."
            );

    private static bool IsOf(IPAddress address, AddressFamily family) =>
        family == AddressFamily.Unspecified || address.AddressFamily == family;
}
