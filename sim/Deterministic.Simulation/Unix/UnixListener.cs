using System.Net.Sockets;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Transports;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation.Unix;

/// <summary>A bound path or abstract name of a simulated host. When its backlog is full, who connects is turned away, and tries again.</summary>
internal sealed class UnixListener(
    WorldContext world,
    UnixSockets sockets,
    UnixDomainSocketEndPoint local,
    ServerOptions options
) : HostListener(world, sockets.Host, local.ToString())
{
    private readonly ListenBacklog<UnixEndpoint> _backlog = new(options.Backlog);

    public override UnixDomainSocketEndPoint LocalEndPoint => local;

    /// <summary>Whether who connects is turned away.</summary>
    public bool IsFull => _backlog.IsFull;

    protected override bool HasWaiting => !_backlog.IsEmpty;

    /// <summary>A client has connected; it is not told by whom it will be accepted, and not that it was.</summary>
    public void Deliver(UnixEndpoint end)
    {
        _backlog.Add(end);
        World.Scheduler.Post(Host.Name, static state => ((UnixListener)state!).AcceptWaiting(), this);
    }

    protected override Transport AcceptOldest()
    {
        UnixEndpoint end = _backlog.TakeOldest();
        end.Record(TraceKind.Accepted, local.ToString());
        return new UnixTransport(World, end, Scope, options);
    }

    protected override void LetGo() => sockets.LetGo(local, options.RemoveSocketFile);

    protected override void LetGoInCrash()
    {
        sockets.LetGo(local, removeFile: false);
        _backlog.Clear();
    }

    protected override void ResetWaiting() => _backlog.Reset(static end => end.Reset());
}
