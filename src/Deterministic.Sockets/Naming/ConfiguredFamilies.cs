using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Deterministic.Sockets.Naming;

/// <summary>Of which families this host has addresses: <see cref="Streams.ResolverHints.AddressConfigured"/>, as glibc reads <c>AI_ADDRCONFIG</c>.</summary>
internal static class ConfiguredFamilies
{
    /// <summary>The families of the addresses of this host's interfaces, the loopback's left out.</summary>
    public static AddressFamily[] Seen() =>
        [
            .. NetworkInterface
                .GetAllNetworkInterfaces()
                .SelectMany(link => link.GetIPProperties().UnicastAddresses)
                .Where(unicast => !IPAddress.IsLoopback(unicast.Address))
                .Select(unicast => unicast.Address.AddressFamily)
                .Distinct(),
        ];

    /// <summary>
    /// What is left of the requested family. A host that has only a loopback, or both families, leaves any family as it is; so a program on a laptop without
    /// a network still finds its own servers. A family that was requested explicitly and that the host does not have leaves nothing.
    /// </summary>
    /// <param name="asked">Unspecified for any.</param>
    /// <param name="seen">Those that the host has.</param>
    public static AddressFamily[] Narrow(AddressFamily asked, AddressFamily[] seen) =>
        asked != AddressFamily.Unspecified ? [.. seen.Where(family => family == asked)]
        : seen.Length == 1 ? seen
        : [AddressFamily.Unspecified];
}
