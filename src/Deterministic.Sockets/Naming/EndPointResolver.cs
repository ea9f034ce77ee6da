using System.Net;
using System.Net.Sockets;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Naming;

/// <summary>
/// The addresses that an end point stands for, in the resolver's order. Clause C-OPEN-06.
/// <para>This folder turns end points into addresses: this file first, then <see cref="Resolver"/>, which asks the system, with <see cref="ConfiguredFamilies"/> and <see cref="Scopes"/>.</para>
/// </summary>
internal static class EndPointResolver
{
    /// <summary>Where to connect.</summary>
    public static ValueTask<IPEndPoint[]> ForConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    ) => ForAsync(remote, options.AddressFamily, options.ResolverHints, nameof(remote), cancellationToken);

    /// <summary>Where to connect from.</summary>
    public static ValueTask<IPEndPoint[]> ForLocalAsync(
        EndPoint local,
        ClientOptions options,
        CancellationToken cancellationToken
    ) => ForAsync(local, AddressFamily.Unspecified, options.ResolverHints, nameof(local), cancellationToken);

    /// <summary>Where to listen, each address once. The name <see cref="NetworkExtensions.AnyHost"/> stands for every address of each family; Unix sockets stand for themselves.</summary>
    public static async ValueTask<EndPoint[]> ForBindAsync(
        IReadOnlyList<EndPoint> locals,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        List<EndPoint> addresses = [];
        foreach (EndPoint local in locals)
        {
            addresses.AddRange(
                local switch
                {
                    UnixDomainSocketEndPoint => [local],
                    DnsEndPoint { Host: NetworkExtensions.AnyHost } any => EndPointAddresses.OfAnyHost(
                        any.Port,
                        options.AddressFamily
                    ),
                    _ => await ForAsync(
                            local,
                            options.AddressFamily,
                            ResolverHints.None,
                            nameof(locals),
                            cancellationToken
                        )
                        .ConfigureAwait(false),
                }
            );
        }

        return [.. addresses.Distinct()];
    }

    private static ValueTask<IPEndPoint[]> ForAsync(
        EndPoint endPoint,
        AddressFamily family,
        ResolverHints hints,
        string parameter,
        CancellationToken cancellationToken
    ) =>
        endPoint switch
        {
            IPEndPoint ip => new ValueTask<IPEndPoint[]>([EndPointAddresses.OfFamily(ip, family)]),
            DnsEndPoint name => Resolver.ResolveAsync(name, family, hints, cancellationToken),
            _ => throw new ArgumentException(
                $"Expected an IPEndPoint, a DnsEndPoint or a UnixDomainSocketEndPoint, got {endPoint.GetType().Name} ({endPoint}).",
                parameter
            ),
        };
}
