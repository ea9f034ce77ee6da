using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Faults.Decorating;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Naming;

/// <summary>The addresses that an end point stands for, in the order of the names. As on real sockets: clause C-OPEN-06.</summary>
internal static class AddressList
{
    /// <summary>Where to connect.</summary>
    /// <exception cref="ConnectionException">There is no such address.</exception>
    public static IPEndPoint[] ForConnect(NameTable names, EndPoint remote, ClientOptions options) =>
        For(names, remote, options.AddressFamily, options.ResolverHints);

    /// <summary>Where to connect from; null if the network may choose.</summary>
    /// <exception cref="ConnectionException">There is no such address.</exception>
    public static IPEndPoint[]? ForLocal(NameTable names, ClientOptions options) =>
        options.LocalEndPoint is { } local ? For(names, local, AddressFamily.Unspecified, options.ResolverHints) : null;

    /// <summary>Where to listen, each address once. <see cref="NetworkExtensions.AnyHost"/> stands for every address of each family; Unix sockets stand for themselves.</summary>
    /// <exception cref="ConnectionException">There is no such address.</exception>
    public static EndPoint[] ForBind(NameTable names, IReadOnlyList<EndPoint> locals, ServerOptions options) =>
        [
            .. locals
                .SelectMany<EndPoint, EndPoint>(local =>
                    local switch
                    {
                        UnixDomainSocketEndPoint => [local],
                        DnsEndPoint { Host: NetworkExtensions.AnyHost } any => EndPointAddresses.OfAnyHost(
                            any.Port,
                            options.AddressFamily
                        ),
                        _ => For(names, local, options.AddressFamily, ResolverHints.None),
                    }
                )
                .Distinct(),
        ];

    private static IPEndPoint[] For(NameTable names, EndPoint endPoint, AddressFamily family, ResolverHints hints) =>
        endPoint switch
        {
            IPEndPoint ip => [EndPointAddresses.OfFamily(ip.Unmapped(), family)],
            DnsEndPoint name => Named(names, name, family, hints),
            _ => throw new NotSupportedException(
                $"The simulated network has no {endPoint.GetType().Name}: use a DnsEndPoint, an IPEndPoint or a UnixDomainSocketEndPoint."
            ),
        };

    private static IPEndPoint[] Named(NameTable names, DnsEndPoint name, AddressFamily family, ResolverHints hints)
    {
        IReadOnlyList<IPAddress> addresses = hints.HasFlag(ResolverHints.NumericHost)
            ? [EndPointAddresses.OfText(name.Host)]
            : names.Find(name.Host);
        return addresses.Count > 0
            ? [.. EndPointAddresses.OfName(name, addresses, family).Select(address => address.Unmapped()).Distinct()]
            : throw new ConnectionException(
                ConnectionErrorKind.NameNotResolved,
                $"The name '{name.Host}' is not known: no host of the simulation has it.{names.Hint(name.Host)}"
            );
    }
}
