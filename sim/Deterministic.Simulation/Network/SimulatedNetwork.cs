using System.Net;
using Deterministic.Core;

namespace Deterministic.Simulation;

/// <summary>What lies between the hosts: names, addresses, and how long things travel.</summary>
internal sealed class SimulatedNetwork(SimulatedWorld world)
{
    private readonly Dictionary<string, SimulatedHost> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<IPAddress, SimulatedHost> _byAddress = [];
    private readonly Dictionary<(SimulatedHost From, SimulatedHost To), SimulatedLink> _links = [];
    private readonly List<SimulatedHost> _hosts = [];
    private readonly HashSet<long> _dark = [];
    private long _connections;

    /// <summary>All of them, in the order in which they were made.</summary>
    public IReadOnlyList<SimulatedHost> Hosts => _hosts;

    /// <summary>The host of that name, made when first asked for.</summary>
    public SimulatedHost Host(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_byName.TryGetValue(name, out SimulatedHost? host))
        {
            host = new SimulatedHost(world, name, NextAddress());
            _byName.Add(name, host);
            _byAddress.Add(host.Address, host);
            _hosts.Add(host);
            world.Trace.Record(world.Scheduler.Now, name, 0, TraceKind.HostStarted);
            world.Nemesis.Begin();
        }

        return host;
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
    public void Darken(long connection) => _dark.Add(connection);

    /// <summary>Whether nothing of that connection gets through.</summary>
    public bool IsDark(long connection) => _dark.Count > 0 && _dark.Contains(connection);

    /// <summary>Where an end point leads from a host.</summary>
    /// <exception cref="ConnectionException">No host has that name or address.</exception>
    public (SimulatedHost Host, IPEndPoint Address) Resolve(SimulatedHost from, EndPoint endPoint) =>
        endPoint switch
        {
            IPEndPoint ip when IPAddress.IsLoopback(ip.Address) => (from, ip),
            IPEndPoint ip when _byAddress.TryGetValue(ip.Address, out SimulatedHost? host) => (host, ip),
            IPEndPoint ip => throw new ConnectionException(
                ConnectionErrorKind.Unreachable,
                $"No route to {ip.Address}: no host of the simulation has that address."
            ),
            DnsEndPoint dns when string.Equals(dns.Host, "localhost", StringComparison.OrdinalIgnoreCase) => (
                from,
                new IPEndPoint(from.Address, dns.Port)
            ),
            DnsEndPoint dns when _byName.TryGetValue(dns.Host, out SimulatedHost? host) => (
                host,
                new IPEndPoint(host.Address, dns.Port)
            ),
            DnsEndPoint dns => throw new ConnectionException(
                ConnectionErrorKind.NameNotResolved,
                $"The name '{dns.Host}' is not known: no host of the simulation has it."
            ),
            _ => throw new NotSupportedException(
                $"The simulated network has no {endPoint.GetType().Name}: use a DnsEndPoint or an IPEndPoint."
            ),
        };

    /// <summary>10.0.0.1 and up, in the order in which hosts are made.</summary>
    private IPAddress NextAddress()
    {
        int number = _byName.Count + 1;
        return new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]);
    }
}
