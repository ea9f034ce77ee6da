using System.Net.Sockets;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A bound path or abstract name of a simulated host. When its backlog is full, who connects is turned away, and tries again.</summary>
internal sealed class UnixListener(
    SimulatedWorld world,
    SimulatedHost host,
    UnixDomainSocketEndPoint local,
    ServerOptions options
) : HostListener(world, host, local.ToString())
{
    private readonly Queue<UnixEnd> _waiting = new();

    public override UnixDomainSocketEndPoint LocalEndPoint => local;

    /// <summary>As with TCP, one more fits than was asked for.</summary>
    public bool IsFull => _waiting.Count > options.Backlog;

    protected override bool HasWaiting => _waiting.Count > 0;

    /// <summary>A client has connected; it is not told by whom it will be accepted, and not that it was.</summary>
    public void Deliver(UnixEnd end)
    {
        _waiting.Enqueue(end);
        World.Scheduler.Post(Host.Name, static state => ((UnixListener)state!).AcceptWaiting(), this);
    }

    protected override Transport AcceptOldest()
    {
        UnixEnd end = _waiting.Dequeue();
        end.Record(TraceKind.Accepted, local.ToString());
        return new UnixTransport(World, end, Scope, options);
    }

    protected override void LetGo() => Host.Unix.LetGo(local, options.RemoveSocketFile);

    protected override void LetGoInCrash()
    {
        Host.Unix.LetGo(local, removeFile: false);
        _waiting.Clear();
    }

    protected override void ResetWaiting()
    {
        while (_waiting.TryDequeue(out UnixEnd? end))
        {
            end.Reset();
        }
    }
}
