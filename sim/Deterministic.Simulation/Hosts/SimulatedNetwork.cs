using System.Net;
using Deterministic.Core;
using Deterministic.Faults.Text;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Naming;
using Deterministic.Simulation.Tcp;

namespace Deterministic.Simulation.Hosts;

/// <summary>The hosts of a world and what lies between them: names, addresses, links.</summary>
/// <remarks>The map of this folder. <see cref="HostBinding"/> binds the addresses of a host, <see cref="HostConnecting"/> connects from it; <see cref="IHost"/> is a host as these and the faults see it.</remarks>
internal sealed class SimulatedNetwork(WorldContext world, Func<string, IHost> create) : ITcpNetwork
{
    private readonly Dictionary<IPAddress, IHost> _byAddress = [];
    private readonly Dictionary<(ILinkEnd From, ILinkEnd To), NetworkLink> _links = [];
    private readonly List<IHost> _hosts = [];

    /// <summary>All of them, in the order in which they were made.</summary>
    public IReadOnlyList<IHost> Hosts => _hosts;

    public NameTable Names { get; } = new();

    /// <inheritdoc/>
    public IPacketObserver? Observer { get; set; }

    /// <summary>Called when there is one more host.</summary>
    public Action? HostAdded { get; set; }

    /// <summary>The host of that name, made when first asked for.</summary>
    /// <exception cref="ArgumentException">No host can have that name.</exception>
    public IHost Host(string name)
    {
        if (Names.FindHost(name) is { } known)
        {
            return (IHost)known;
        }

        IHost host = create(name);
        Names.Add(host);
        _hosts.Add(host);
        foreach (IPAddress address in NextAddresses())
        {
            Claim(address, host);
        }

        world.Record(name, 0, TraceKind.HostStarted);
        HostAdded?.Invoke();
        return host;
    }

    /// <summary>From now on an address is a host's.</summary>
    /// <exception cref="ArgumentException">No host can have it, or one has it already.</exception>
    public void Claim(IPAddress address, IHost host)
    {
        if (
            HostAddresses.IsAny(address)
            || IPAddress.IsLoopback(address)
            || address.IsIPv6Multicast
            || address.IsIPv4MappedToIPv6
            || address.Equals(IPAddress.Broadcast)
        )
        {
            throw new ArgumentException($"No host can have the address {address}.", nameof(address));
        }

        if (!_byAddress.TryAdd(address, host))
        {
            throw new ArgumentException(
                $"The host '{_byAddress[address].Name}' has the address {address} already.",
                nameof(address)
            );
        }

        host.AddressTable.Add(address);
    }

    /// <summary>The way from one host to another.</summary>
    public NetworkLink Link(ILinkEnd from, ILinkEnd to)
    {
        if (!_links.TryGetValue((from, to), out NetworkLink? link))
        {
            link = new NetworkLink(world, from, to);
            _links.Add((from, to), link);
        }

        return link;
    }

    /// <summary>Where an address leads from a host. As on Linux, the address that stands for all leads to the host itself.</summary>
    /// <exception cref="ConnectionException">No host has that address.</exception>
    public (IHost Host, IPEndPoint Address) Route(IHost from, IPEndPoint remote)
    {
        if (HostAddresses.IsAny(remote.Address))
        {
            remote = new IPEndPoint(HostAddresses.Loopback(remote.AddressFamily), remote.Port);
        }

        return IPAddress.IsLoopback(remote.Address) ? (from, remote)
            : _byAddress.TryGetValue(remote.Address, out IHost? host) ? (host, remote)
            : throw new ConnectionException(
                ConnectionErrorKind.Unreachable,
                $"No route to {remote.Address}: no host of the simulation has that address. Known: {KnownNames.List([.. _hosts.Select(AddressesOf)])}."
            );
    }

    private static string AddressesOf(IHost host) => $"{host.Name} ({string.Join(", ", host.AddressTable.All)})";

    /// <summary>10.0.0.1 and fd00::1 and up, in the order in which hosts are made.</summary>
    private IPAddress[] NextAddresses()
    {
        int number = Names.HostCount;
        (byte high, byte middle, byte low) = ((byte)(number >> 16), (byte)(number >> 8), (byte)number);
        return
        [
            new IPAddress([10, high, middle, low]),
            new IPAddress([0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, high, middle, low]),
        ];
    }
}
