using System.Net;
using Deterministic.Core;

namespace Deterministic.Simulation;

/// <summary>What lies between the hosts: names, addresses, and how long things travel.</summary>
internal sealed class SimulatedNetwork(SimulatedWorld world)
{
    private readonly Dictionary<string, SimulatedHost> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<IPAddress, SimulatedHost> _byAddress = [];
    private readonly Dictionary<(SimulatedHost From, SimulatedHost To), SimulatedLink> _links = [];
    private long _connections;

    /// <summary>The host of that name, made when first asked for.</summary>
    public SimulatedHost Host(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!_byName.TryGetValue(name, out SimulatedHost? host))
        {
            host = new SimulatedHost(world, name, NextAddress());
            _byName.Add(name, host);
            _byAddress.Add(host.Address, host);
            world.Trace.Record(world.Scheduler.Now, name, 0, TraceKind.HostStarted);
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

    /// <summary>Mostly nothing; sometimes the time until a lost segment's retransmission arrives.</summary>
    public TimeSpan DrawStall(SimulatedHost to, long connection)
    {
        if (!world.Choices.Chance(ChoiceKind.Stall, world.Faults.StallPerMille))
        {
            return TimeSpan.Zero;
        }

        TimeSpan stall = Draw(ChoiceKind.Stall, world.Faults.MaxStall / 10, world.Faults.MaxStall);
        world.Trace.Record(
            world.Scheduler.Now,
            to.Name,
            connection,
            TraceKind.Fault,
            (long)stall.TotalMicroseconds,
            "stall"
        );
        return stall;
    }

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

    /// <summary>Times are drawn in microseconds, which is finer than any network and coarse enough for a tape to shrink.</summary>
    private TimeSpan Draw(ChoiceKind kind, TimeSpan min, TimeSpan max)
    {
        int low = (int)min.TotalMicroseconds;
        int high = Math.Max(low, (int)max.TotalMicroseconds);
        return TimeSpan.FromMicroseconds(world.Choices.Between(kind, low, high));
    }
}
