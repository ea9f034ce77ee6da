using System.Net;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Naming;
using Deterministic.Simulation.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Tcp;

/// <summary>A bound TCP port of a simulated host.</summary>
/// <remarks>When the backlog is full, what asks for a connection is dropped without an answer, and asked again.</remarks>
internal sealed class SimulatedListener(WorldContext world, ITcpHost host, IPEndPoint bound, ServerOptions options)
    : HostListener(world, host, bound.ToString())
{
    private readonly ListenBacklog<TcpEndpoint> _backlog = new(options.Backlog);

    /// <summary>Where a kernel would have it; may stand for all addresses of a family.</summary>
    public IPEndPoint Bound => bound;

    /// <summary>
    /// Where others reach it: a real socket that listens at all addresses says 0.0.0.0, which leads a client on another host to itself. Here it says the first address of that family.
    /// </summary>
    public override IPEndPoint LocalEndPoint { get; } =
        HostAddresses.IsAny(bound.Address)
            ? new IPEndPoint(host.AddressTable.First(bound.AddressFamily), bound.Port)
            : bound;

    /// <summary>Whether it counts as listening when another listener wants the address: also if it is about to listen.</summary>
    public bool Listens => IsListening || options.StartServing;

    /// <summary>Whether others may share its address and port: SO_REUSEPORT.</summary>
    public bool SharesPort => options.ReusePort;

    /// <summary>Whether its address may be bound while connections of it linger: SO_REUSEADDR.</summary>
    public bool SharesAddress => options.ReuseAddress != false;

    /// <summary>For connections accepted here.</summary>
    public ConnectionOptions Options => options;

    /// <summary>Whether what asks for a connection is dropped.</summary>
    public bool IsFull => _backlog.IsFull;

    protected override bool HasWaiting => !_backlog.IsEmpty;

    /// <summary>Whether another listener may bind an address that overlaps with its own.</summary>
    public bool SharesWith(ServerOptions other) =>
        (SharesPort && other.ReusePort) || (SharesAddress && other.ReuseAddress != false && !Listens);

    /// <summary>The network has made a connection: it is accepted, or waits behind those that came before.</summary>
    public void Deliver(TcpEndpoint endpoint)
    {
        _backlog.Add(endpoint);
        AcceptWaiting();
    }

    protected override void ThrowIfListenedOn() => host.Tcp.Ports.ThrowIfListenedOn(this);

    protected override Transport AcceptOldest()
    {
        TcpEndpoint endpoint = _backlog.TakeOldest();
        World.Trace.Record(
            World.Scheduler.Now,
            Host.Name,
            endpoint.Flow.Id,
            TraceKind.Accepted,
            text: endpoint.Flow.Remote.ToString()
        );
        return new SimulatedTransport(World, endpoint, Scope);
    }

    protected override void LetGo() => host.Tcp.Ports.Remove(this);

    protected override void LetGoInCrash()
    {
        LetGo();
        _backlog.Clear();
    }

    protected override void ResetWaiting() => _backlog.Reset(static end => end.Abort());
}
