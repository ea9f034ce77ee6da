using System.Net;
using Deterministic.Core;
using Deterministic.Faults.Text;
using Deterministic.Simulation.Naming;

namespace Deterministic.Simulation.Hosts;

/// <summary>What lies between the hosts: names, addresses, and how long things travel.</summary>
internal sealed class SimulatedNetwork(SimulatedWorld world)
{
    private readonly Dictionary<IPAddress, SimulatedHost> _byAddress = [];
    private readonly Dictionary<(SimulatedHost From, SimulatedHost To), SimulatedLink> _links = [];
    private readonly List<SimulatedHost> _hosts = [];
    private readonly HashSet<long> _blackholed = [];
    private readonly HashSet<long> _endedByFault = [];
    private long _connections;

    /// <summary>All of them, in the order in which they were made.</summary>
    public IReadOnlyList<SimulatedHost> Hosts => _hosts;

    public NameTable Names { get; } = new();

    /// <summary>The host of that name, made when first asked for.</summary>
    /// <exception cref="ArgumentException">No host can have that name.</exception>
    public SimulatedHost Host(string name)
    {
        if (Names.FindHost(name) is { } known)
        {
            return known;
        }

        SimulatedHost host = new(world, name);
        Names.Add(host);
        _hosts.Add(host);
        foreach (IPAddress address in NextAddresses())
        {
            Claim(address, host);
        }

        world.Trace.Record(world.Scheduler.Now, name, 0, TraceKind.HostStarted);
        world.Disruptions.HostAdded();
        return host;
    }

    /// <summary>From now on an address is a host's.</summary>
    /// <exception cref="ArgumentException">No host can have it, or one has it already.</exception>
    public void Claim(IPAddress address, SimulatedHost host)
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
    public SimulatedLink Link(SimulatedHost from, SimulatedHost to)
    {
        if (!_links.TryGetValue((from, to), out SimulatedLink? link))
        {
            link = new SimulatedLink(world, from, to);
            _links.Add((from, to), link);
        }

        return link;
    }

    public long NextConnection() => ++_connections;

    /// <summary>From now on nothing of that connection gets through, in either direction.</summary>
    public void Blackhole(long connection) => _blackholed.Add(connection);

    /// <summary>Whether nothing of that connection gets through.</summary>
    public bool IsBlackholed(long connection) => _blackholed.Count > 0 && _blackholed.Contains(connection);

    /// <summary>A fault, or the crash of a host, has ended that connection.</summary>
    public void EndedByFault(long connection) => _endedByFault.Add(connection);

    public bool IsEndedByFault(long connection) => _endedByFault.Contains(connection);

    /// <summary>Where an address leads from a host. As on Linux, the address that stands for all leads to the host itself.</summary>
    /// <exception cref="ConnectionException">No host has that address.</exception>
    public (SimulatedHost Host, IPEndPoint Address) Route(SimulatedHost from, IPEndPoint remote)
    {
        if (HostAddresses.IsAny(remote.Address))
        {
            remote = new IPEndPoint(HostAddresses.Loopback(remote.AddressFamily), remote.Port);
        }

        return IPAddress.IsLoopback(remote.Address) ? (from, remote)
            : _byAddress.TryGetValue(remote.Address, out SimulatedHost? host) ? (host, remote)
            : throw new ConnectionException(
                ConnectionErrorKind.Unreachable,
                $"No route to {remote.Address}: no host of the simulation has that address. Known: {KnownNames.List([.. _hosts.Select(AddressesOf)])}."
            );
    }

    private static string AddressesOf(SimulatedHost host) => $"{host.Name} ({string.Join(", ", host.Addresses)})";

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
