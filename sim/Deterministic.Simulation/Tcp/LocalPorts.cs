using System.Net;
using Deterministic.Core;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Naming;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tcp;

/// <summary>
/// The TCP ports of one host: who listens where, which connections use which, and which are free. The rules are Linux's (<c>inet_csk_bind_conflict</c>, and of two that listen
/// the one at the very address comes before one at all of them).
/// </summary>
internal sealed class LocalPorts(ITcpHost host)
{
    private readonly Dictionary<int, List<SimulatedListener>> _listeners = [];

    /// <summary>Connections that this host made. One local address may lead to several places.</summary>
    private readonly HashSet<(IPEndPoint Local, IPEndPoint Remote)> _outgoing = [];

    /// <summary>How many connections a local address has.</summary>
    private readonly Dictionary<IPEndPoint, PortUse> _uses = [];
    private int _next;

    /// <summary>Every listener, by no order that means anything.</summary>
    public IEnumerable<SimulatedListener> Listeners => _listeners.Values.SelectMany(listeners => listeners);

    /// <summary>Who accepts what arrives at an address; several if they share it, none if there is no listener.</summary>
    public IReadOnlyList<SimulatedListener> ListeningAt(IPEndPoint local)
    {
        if (!_listeners.TryGetValue(local.Port, out List<SimulatedListener>? listeners))
        {
            return [];
        }

        List<SimulatedListener> exact = listeners.FindAll(one => one.IsListening && one.Bound.Equals(local));
        return exact.Count > 0
            ? exact
            : listeners.FindAll(one =>
                one.IsListening
                && HostAddresses.IsAny(one.Bound.Address)
                && one.Bound.AddressFamily == local.AddressFamily
            );
    }

    /// <exception cref="ConnectionException">It is in use.</exception>
    public void ThrowIfInUse(IPEndPoint local, ServerOptions options)
    {
        bool reuse = options.ReuseAddress != false;
        if (
            Overlapping(local).Any(other => !other.SharesWith(options))
            || UsesOf(local).Any(use => (reuse ? use.Exclusive : use.All) > 0)
        )
        {
            throw InUse(local);
        }
    }

    /// <summary>A listener that was only bound is to listen.</summary>
    /// <exception cref="ConnectionException">Another, bound to the same address before either listened, was faster.</exception>
    public void ThrowIfListenedOn(SimulatedListener listener)
    {
        if (
            Overlapping(listener.Bound)
                .Any(other => other != listener && other.Listens && !(other.SharesPort && listener.SharesPort))
        )
        {
            throw InUse(listener.Bound);
        }
    }

    public void Add(SimulatedListener listener)
    {
        int port = listener.Bound.Port;
        if (!_listeners.TryGetValue(port, out List<SimulatedListener>? listeners))
        {
            _listeners.Add(port, listeners = []);
        }

        listeners.Add(listener);
    }

    public void Remove(SimulatedListener listener)
    {
        int port = listener.Bound.Port;
        if (
            _listeners.TryGetValue(port, out List<SimulatedListener>? listeners)
            && listeners.Remove(listener)
            && listeners.Count == 0
        )
        {
            _listeners.Remove(port);
        }
    }

    /// <summary>Takes the way from one address to another for a connection that this host makes.</summary>
    /// <returns>False if it is taken.</returns>
    public bool TryTake(IPEndPoint local, IPEndPoint remote) => _outgoing.Add((local, remote));

    /// <summary>Whether a connection that this host made, or what is left of it, has the way from one address to another.</summary>
    public bool IsTaken(IPEndPoint local, IPEndPoint remote) => _outgoing.Contains((local, remote));

    /// <summary>A connection has come about.</summary>
    public void Add(TcpEndpoint endpoint) => Count(endpoint, 1);

    /// <summary>Nothing is left of a connection.</summary>
    public void Remove(TcpEndpoint endpoint)
    {
        Count(endpoint, -1);
        if (!endpoint.Flow.IsServer)
        {
            _outgoing.Remove((endpoint.Flow.Local, endpoint.Flow.Remote));
        }
    }

    /// <summary>A free port, to listen at an address.</summary>
    /// <exception cref="ConnectionException">There is none left.</exception>
    public int TakeFor(IPAddress local) =>
        Take(port =>
            !_listeners.ContainsKey(port) && !UsesOf(new IPEndPoint(local, port)).Any(static use => use.All > 0)
        );

    /// <summary>A port to connect from.</summary>
    /// <exception cref="ConnectionException">There is none left.</exception>
    public int TakeFor(IPAddress local, IPEndPoint remote) =>
        Take(port => !_listeners.ContainsKey(port) && !_outgoing.Contains((new IPEndPoint(local, port), remote)));

    private int Take(Func<int, bool> isFree)
    {
        TcpOptions options = host.TcpOptions;
        for (int tries = options.FirstEphemeralPort; tries <= options.LastEphemeralPort; tries++)
        {
            int port =
                _next < options.FirstEphemeralPort || _next > options.LastEphemeralPort
                    ? options.FirstEphemeralPort
                    : _next;
            _next = port + 1;
            if (isFree(port))
            {
                return port;
            }
        }

        throw ConnectionErrors.NoFreePort(host.Name);
    }

    private IEnumerable<SimulatedListener> Overlapping(IPEndPoint local) =>
        _listeners.TryGetValue(local.Port, out List<SimulatedListener>? listeners)
            ? listeners.Where(other =>
                other.Bound.AddressFamily == local.AddressFamily
                && (
                    other.Bound.Address.Equals(local.Address)
                    || HostAddresses.IsAny(other.Bound.Address)
                    || HostAddresses.IsAny(local.Address)
                )
            )
            : [];

    private IEnumerable<PortUse> UsesOf(IPEndPoint local) =>
        host
            .AddressTable.HeardAt(local.Address)
            .Select(address => _uses.GetValueOrDefault(new IPEndPoint(address, local.Port)));

    private void Count(TcpEndpoint endpoint, int change)
    {
        IPEndPoint local = endpoint.Flow.Local;
        PortUse use = _uses.GetValueOrDefault(local);
        use = new PortUse(use.All + change, use.Exclusive + (endpoint.SharesAddress ? 0 : change));
        if (use.All == 0)
        {
            _uses.Remove(local);
        }
        else
        {
            _uses[local] = use;
        }
    }

    private static ConnectionException InUse(IPEndPoint local) =>
        new(
            ConnectionErrorKind.AddressInUse,
            $"error while attempting to bind on address {local}: Address already in use."
        );

    /// <param name="All">Connections.</param>
    /// <param name="Exclusive">Of them, those that do not share their address.</param>
    private readonly record struct PortUse(int All, int Exclusive);
}
