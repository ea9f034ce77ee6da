using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets;

/// <summary>The addresses that an end point stands for, in the resolver's order. Clause C-OPEN-06.</summary>
internal static class AddressList
{
    /// <summary>Where to connect.</summary>
    public static ValueTask<IPEndPoint[]> ForConnectAsync(EndPoint remote, CancellationToken cancellationToken) =>
        remote switch
        {
            IPEndPoint ip => new ValueTask<IPEndPoint[]>([ip]),
            DnsEndPoint name => ResolveAsync(name, cancellationToken),
            _ => throw Unsupported(remote, nameof(remote)),
        };

    /// <summary>Where to listen; the name <see cref="NetworkExtensions.AnyHost"/> stands for every address of each family.</summary>
    public static ValueTask<IPEndPoint[]> ForBindAsync(EndPoint local, CancellationToken cancellationToken) =>
        local switch
        {
            IPEndPoint ip => new ValueTask<IPEndPoint[]>([ip]),
            DnsEndPoint { Host: NetworkExtensions.AnyHost } any => new ValueTask<IPEndPoint[]>([
                new IPEndPoint(IPAddress.Any, any.Port),
                new IPEndPoint(IPAddress.IPv6Any, any.Port),
            ]),
            DnsEndPoint name => ResolveAsync(name, cancellationToken),
            _ => throw Unsupported(local, nameof(local)),
        };

    private static async ValueTask<IPEndPoint[]> ResolveAsync(DnsEndPoint name, CancellationToken cancellationToken)
    {
        try
        {
            IPAddress[] addresses = await Dns.GetHostAddressesAsync(name.Host, name.AddressFamily, cancellationToken)
                .ConfigureAwait(false);
            return addresses.Length > 0
                ? [.. addresses.Distinct().Select(address => new IPEndPoint(address, name.Port))]
                : throw new ConnectionException(
                    ConnectionErrorKind.NameNotResolved,
                    $"The name '{name.Host}' has no address of the family asked for."
                );
        }
        // An ArgumentException is the resolver's answer to what can't be a name, such as one of 300 letters.
        catch (Exception error) when (error is SocketException or ArgumentException)
        {
            throw SocketErrors.NotResolved(name.Host, error);
        }
    }

    private static ArgumentException Unsupported(EndPoint endPoint, string parameter) =>
        new($"Expected an IPEndPoint or a DnsEndPoint, got {endPoint.GetType().Name} ({endPoint}).", parameter);
}
