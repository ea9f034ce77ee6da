using System.Net;
using Deterministic.Core;

namespace Deterministic.Simulation;

/// <summary>The TCP of one host: its connections, its listeners, its ports.</summary>
internal sealed class TcpStack(SimulatedWorld world, SimulatedHost host, TcpOptions options)
{
    private readonly Dictionary<long, TcpEndpoint> _endpoints = [];
    private readonly SortedDictionary<int, SimulatedListener> _listeners = [];

    /// <summary>Local ports of connections that this host made, each with where it leads: one may lead to several places.</summary>
    private readonly HashSet<(int Port, IPEndPoint Remote)> _taken = [];
    private int _nextPort = EphemeralPorts.First;

    /// <summary>How many ends of connections are left, those that no program holds any more included.</summary>
    public int Count => _endpoints.Count;

    public TcpEndpoint? Find(long key) => _endpoints.GetValueOrDefault(key);

    public SimulatedListener? FindListener(int port) => _listeners.GetValueOrDefault(port);

    /// <summary>An end that asks for a connection; nothing is sent yet.</summary>
    /// <exception cref="ConnectionException">No port is free.</exception>
    public TcpEndpoint Create(SimulatedHost server, IPEndPoint remote, int localPort, bool noDelay)
    {
        long connection = world.Network.NextConnection();
        ConnectFaults.Strike(world, new FaultSite(host, server, connection));
        int port = localPort == 0 ? TakePort(remote) : localPort;
        if (!_taken.Add((port, remote)))
        {
            throw new ConnectionException(
                ConnectionErrorKind.AddressInUse,
                $"Address already in use: {host.Name}:{port} has a connection to {remote}."
            );
        }

        TcpFlow flow = new(
            connection,
            IsServer: false,
            host,
            new IPEndPoint(host.AddressFor(remote.Address), port),
            server,
            remote
        );
        return Add(flow, noDelay);
    }

    public void Add(SimulatedListener listener) => _listeners.Add(listener.LocalEndPoint.Port, listener);

    public void Remove(SimulatedListener listener) => _listeners.Remove(listener.LocalEndPoint.Port);

    public void Forget(TcpEndpoint endpoint)
    {
        // Once: its port may be another connection's by the next time.
        if (_endpoints.Remove(endpoint.Flow.Key) && !endpoint.Flow.IsServer)
        {
            _taken.Remove((endpoint.Flow.Local.Port, endpoint.Flow.Remote));
        }
    }

    /// <summary>What faults have made of connections, and what lasts, is over.</summary>
    public void StopFaults()
    {
        foreach (TcpEndpoint endpoint in _endpoints.Values.OrderBy(endpoint => endpoint.Flow.Key))
        {
            endpoint.StopFaults();
        }
    }

    /// <summary>A packet comes in.</summary>
    /// <param name="packet">Its buffer goes back to its pool here.</param>
    /// <param name="from">The connection, as the sender sees it.</param>
    public void Arrive(in Packet packet, TcpFlow from)
    {
        if (_endpoints.TryGetValue(from.PeerKey, out TcpEndpoint? endpoint))
        {
            endpoint.Arrive(packet);
        }
        else if (packet.Flags == PacketFlags.Syn)
        {
            ArriveSyn(packet, from);
        }
        else if (!packet.Has(PacketFlags.Rst))
        {
            Refuse(packet, from);
        }

        packet.Recycle();
    }

    /// <summary>The handshake of a connection that was asked for here is over.</summary>
    public void Established(TcpEndpoint endpoint)
    {
        if (FindListener(endpoint.Flow.Local.Port) is { } listener)
        {
            listener.Deliver(endpoint);
        }
        else
        {
            // The listener was closed meanwhile, and what it had not accepted is reset with it: S-CLOSE-01.
            endpoint.Abort();
        }
    }

    /// <summary>The next port that nobody uses, for a listener.</summary>
    public int TakeListenerPort() => TakePort(port => !_listeners.ContainsKey(port));

    private int TakePort(IPEndPoint remote) =>
        TakePort(port => !_listeners.ContainsKey(port) && !_taken.Contains((port, remote)));

    private int TakePort(Func<int, bool> isFree)
    {
        for (int tries = EphemeralPorts.First; tries <= EphemeralPorts.Last; tries++)
        {
            int port = _nextPort;
            _nextPort = port == EphemeralPorts.Last ? EphemeralPorts.First : port + 1;
            if (isFree(port))
            {
                return port;
            }
        }

        throw EphemeralPorts.Exhausted(host);
    }

    private void ArriveSyn(in Packet packet, TcpFlow from)
    {
        SimulatedListener? listener = FindListener(from.Remote.Port);
        FaultSite site = new(from.Host, host, from.Id);
        if (listener is not { IsListening: true } || world.Injector.StrikeAndNote(FaultKind.Refused, site) is not null)
        {
            Refuse(packet, from);
        }
        else if (!listener.IsFull && world.Injector.StrikeAndNote(FaultKind.BacklogOverflow, site) is null)
        {
            Add(from.Reversed, listener.NoDelay).Answer(packet);
        }

        // A full backlog drops the question, as Linux does: the client asks again.
    }

    private void Refuse(in Packet packet, TcpFlow from)
    {
        world.Trace.Record(world.Scheduler.Now, host.Name, from.Id, TraceKind.SentReset);
        new Wire(world, world.Network.Link(host, from.Host), from.Reversed).Send(
            new Packet(PacketFlags.Rst | PacketFlags.Ack, packet.Acknowledgement, packet.End, 0, [], 0)
        );
    }

    private TcpEndpoint Add(TcpFlow flow, bool noDelay)
    {
        TcpOptions own = world.Injector.Stands(FaultKind.Window, flow.Peer, host) is { } window
            ? options with
            {
                ReceiveBufferBytes = (int)Math.Min(int.MaxValue, window.Rule.Amount),
            }
            : options;
        TcpEndpoint endpoint = new(world, flow, own, world.Network.Link(host, flow.Peer)) { NoDelay = noDelay };
        _endpoints.Add(flow.Key, endpoint);
        return endpoint;
    }
}
