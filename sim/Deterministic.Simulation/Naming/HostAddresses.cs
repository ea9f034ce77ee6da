using System.Net;
using System.Net.Sockets;
using Deterministic.Core;

namespace Deterministic.Simulation.Naming;

/// <summary>The addresses of one host, in the order in which it got them.</summary>
internal sealed class HostAddresses(string host)
{
    private readonly List<IPAddress> _all = [];

    public IReadOnlyList<IPAddress> All => _all;

    public void Add(IPAddress address) => _all.Add(address);

    /// <summary>Whether something can be bound to it here: an address of the host, a loopback, or all of a family.</summary>
    public bool CanBind(IPAddress address) => IsAny(address) || IPAddress.IsLoopback(address) || _all.Contains(address);

    /// <summary>The first of a family; each host has one.</summary>
    public IPAddress First(AddressFamily family) => _all.First(address => address.AddressFamily == family);

    /// <summary>Which of them others see when this host talks to one of theirs: its own, if it talks to itself, or else the first of that family.</summary>
    public IPAddress SourceFor(IPAddress remote) =>
        IPAddress.IsLoopback(remote) ? Loopback(remote.AddressFamily)
        : _all.Contains(remote) ? remote
        : First(remote.AddressFamily);

    /// <summary>The addresses that a listener serves that is bound to an address: all of its family if it stands for all.</summary>
    public IEnumerable<IPAddress> HeardAt(IPAddress bound) =>
        IsAny(bound)
            ? _all.Where(address => address.AddressFamily == bound.AddressFamily).Append(Loopback(bound.AddressFamily))
            : [bound];

    /// <exception cref="ConnectionException">The host has it not.</exception>
    public void ThrowIfNotOwn(IPEndPoint local)
    {
        if (!CanBind(local.Address))
        {
            throw new ConnectionException(
                ConnectionErrorKind.AddressNotAvailable,
                $"error while attempting to bind on address {local}: it is not an address of the host '{host}'."
            );
        }
    }

    public static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    public static IPAddress Loopback(AddressFamily family) =>
        family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Loopback : IPAddress.Loopback;
}
