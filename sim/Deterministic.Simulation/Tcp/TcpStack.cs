using System.Net;
using Deterministic.Core;
using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Engine;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Naming;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tcp;

/// <summary>The TCP of one host: its connections, its listeners, its ports.</summary>
internal sealed class TcpStack(WorldContext world, ITcpNetwork network, ITcpHost host)
{
    private readonly Dictionary<long, TcpEndpoint> _endpoints = [];

    public LocalPorts Ports { get; } = new(host);

    /// <summary>How many ends of connections are left, those that no program holds any more included.</summary>
    public int Count => _endpoints.Count;

    /// <summary>All of them, in no order that means anything.</summary>
    public IEnumerable<TcpEndpoint> Endpoints => _endpoints.Values;

    public TcpEndpoint? Find(long key) => _endpoints.GetValueOrDefault(key);

    /// <summary>An end that asks for a connection; nothing is sent yet.</summary>
    /// <param name="server">Where it leads.</param>
    /// <param name="remote">To which address there.</param>
    /// <param name="local">Where from; any address and port if null, and what of it stands for any.</param>
    /// <param name="options">How the connection behaves.</param>
    /// <exception cref="ConnectionException">No port is free, or that one has a connection to there.</exception>
    public TcpEndpoint Create(ITcpHost server, IPEndPoint remote, IPEndPoint? local, ConnectionOptions options)
    {
        long connection = world.Connections.Next();
        if (ConnectFaults.Strike(world.Injector, new InjectionPoint(host.Name, server.Name, connection)))
        {
            world.Connections.Blackhole(connection);
        }

        IPAddress source =
            local is null || HostAddresses.IsAny(local.Address)
                ? host.AddressTable.SourceFor(remote.Address)
                : local.Address;
        IPEndPoint from = new(source, local is { Port: > 0 } ? local.Port : Ports.TakeFor(source, remote));
        EndTimeWait(from, remote);
        if (!Ports.TryTake(from, remote))
        {
            throw new ConnectionException(
                ConnectionErrorKind.AddressNotAvailable,
                $"Cannot assign requested address: {from} has a connection to {remote} already."
            );
        }

        TcpFlow flow = new(connection, IsServer: false, host, from, server, remote);
        return Add(flow, options, sharesAddress: local is not null);
    }

    /// <summary>What passes between here and a host will be lost: who waits for news from there has to ask.</summary>
    public void ScheduleProbe(ILinkEnd peer)
    {
        foreach (
            TcpEndpoint endpoint in _endpoints.Values.Where(one => one.Flow.Peer == peer).OrderBy(one => one.Flow.Key)
        )
        {
            endpoint.ScheduleProbe();
        }
    }

    public void Forget(TcpEndpoint endpoint)
    {
        // Once: its port may be another connection's by the next time.
        if (_endpoints.Remove(endpoint.Flow.Key))
        {
            Ports.Remove(endpoint);
        }
    }

    /// <summary>Whether an end asks its peer from time to time, and is not going to get an answer.</summary>
    public bool HasSilentPeer => _endpoints.Values.Any(endpoint => endpoint.IsGoingToFindSilence);

    /// <summary>What faults have made of connections, and what lasts, is over.</summary>
    public void StopFaults()
    {
        foreach (TcpEndpoint endpoint in _endpoints.Values.OrderBy(endpoint => endpoint.Flow.Key))
        {
            endpoint.StopFaults();
        }
    }

    /// <summary>The host is gone: every end of a connection, every listener.</summary>
    public void Crash(CrashStyle style)
    {
        foreach (SimulatedListener listener in Ports.Listeners.ToArray())
        {
            listener.Crash();
        }

        foreach (long key in _endpoints.Keys.Order().ToArray())
        {
            if (Find(key) is { } endpoint)
            {
                world.Connections.EndedByFault(endpoint.Flow.Id);
                endpoint.Crash(style);
            }
        }
    }

    /// <summary>A packet comes in.</summary>
    /// <param name="packet">Its buffer goes back to its pool here.</param>
    /// <param name="from">The connection, as the sender sees it.</param>
    public void Arrive(in Packet packet, TcpFlow from)
    {
        if (host.State == HostState.Down)
        {
            // There is no answer: what waits for one has to ask again.
            from.Host.Tcp.Find(from.Key)?.ScheduleProbe();
        }
        else if (_endpoints.TryGetValue(from.PeerKey, out TcpEndpoint? endpoint))
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
    public static void Established(TcpEndpoint endpoint)
    {
        if (endpoint.Listener is { IsListening: true } listener)
        {
            listener.Deliver(endpoint);
        }
        else
        {
            // The listener was closed meanwhile, and what it had not accepted is reset with it: S-CLOSE-01.
            endpoint.Abort();
        }
    }

    /// <summary>
    /// Who asks for a port by its number gets it although a connection to there is in TIME-WAIT, which that ends: as on Linux with timestamps, by which old segments are known
    /// (<c>tcp_twsk_unique</c>).
    /// </summary>
    private void EndTimeWait(IPEndPoint from, IPEndPoint remote)
    {
        if (Ports.IsTaken(from, remote))
        {
            _endpoints
                .Values.FirstOrDefault(endpoint =>
                    endpoint is { State: TcpState.TimeWait, Flow.IsServer: false }
                    && endpoint.Flow.Local.Equals(from)
                    && endpoint.Flow.Remote.Equals(remote)
                )
                ?.EndTimeWait();
        }
    }

    private void ArriveSyn(in Packet packet, TcpFlow from)
    {
        SimulatedListener? listener = FindListener(from.Remote);
        InjectionPoint site = new(from.Host.Name, host.Name, from.Id);
        if (listener is null || world.Injector.StrikeAndNote(FaultKind.Refused, site) is not null)
        {
            Refuse(packet, from);
        }
        else if (!listener.IsFull && world.Injector.StrikeAndNote(FaultKind.BacklogOverflow, site) is null)
        {
            Add(from.Reversed, listener.Options, listener.SharesAddress, listener).Answer(packet);
        }

        // A full backlog drops the question, as Linux does: the client asks again.
    }

    private void Refuse(in Packet packet, TcpFlow from)
    {
        world.Trace.Record(world.Scheduler.Now, host.Name, from.Id, TraceKind.SentReset);
        bool isUnderWay = new Wire(world, network, network.Link(host, from.Host), from.Reversed).Send(
            new Packet(PacketFlags.Rst | PacketFlags.Ack, packet.Acknowledgement, packet.End, 0, [], 0)
        );
        if (!isUnderWay)
        {
            // What waits for an answer has to ask again.
            from.Host.Tcp.Find(from.Key)?.ScheduleProbe();
        }
    }

    /// <summary>Who is asked for a connection; where several share the address, one of them.</summary>
    private SimulatedListener? FindListener(IPEndPoint local)
    {
        IReadOnlyList<SimulatedListener> listening = Ports.ListeningAt(local);
        return listening.Count == 0 ? null : listening[world.Choices.Choose(ChoiceKind.Connect, listening.Count)];
    }

    private TcpEndpoint Add(
        TcpFlow flow,
        ConnectionOptions connection,
        bool sharesAddress,
        SimulatedListener? listener = null
    )
    {
        TcpOptions options = world.Injector.Stands(FaultKind.Window, flow.Peer.Name, host.Name) is { } window
            ? host.TcpOptions with
            {
                ReceiveBufferBytes = (int)Math.Min(int.MaxValue, window.Rule.Amount),
            }
            : host.TcpOptions;
        TcpEndpoint endpoint = new(world, network, flow, options, network.Link(host, flow.Peer))
        {
            NoDelay = connection.NoDelay,
            KeepAlive = connection.KeepAlive,
            Linger = connection.Linger,
            SharesAddress = sharesAddress,
            Listener = listener,
        };
        _endpoints.Add(flow.Key, endpoint);
        Ports.Add(endpoint);
        return endpoint;
    }
}
