using System.Globalization;
using System.Net;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A bound port of a simulated host.</summary>
internal sealed class SimulatedListener(
    SimulatedWorld world,
    SimulatedHost host,
    IPEndPoint local,
    ServerOptions options
) : TransportListener
{
    /// <summary>Connections that stand and were not accepted.</summary>
    private readonly Queue<TcpEndpoint> _waiting = new();
    private Action<Transport>? _accepted;

    public override IPEndPoint LocalEndPoint => local;

    /// <summary>Whether connections are taken; a port that is only bound refuses.</summary>
    public bool IsListening => _accepted is not null;

    /// <summary>For connections accepted here.</summary>
    public bool NoDelay => options.NoDelay;

    public override void Start(Action<Transport> accepted, Action<Exception> failed)
    {
        world.Scheduler.VerifyAccess("Listening in the simulation");
        _accepted = accepted;
        Record(TraceKind.Listening);
    }

    public override void Close()
    {
        world.Scheduler.VerifyAccess("Closing a listener of the simulation");
        if (host.Tcp.FindListener(local.Port) == this)
        {
            host.Tcp.Remove(this);
            _accepted = null;
            Record(TraceKind.StoppedListening);
            while (_waiting.TryDequeue(out TcpEndpoint? endpoint))
            {
                // Nobody will accept it: S-CLOSE-01.
                endpoint.Abort();
            }
        }
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        world.Scheduler.Post(host.Name, callback.Invoke, state);

    /// <summary>In the host's own context, so that the awaits of the handler come back to it.</summary>
    public override void StartHandler(Action<object?> callback, object? state) =>
        host.Context.Post(callback.Invoke, state);

    /// <summary>Whether there is room in the backlog for one more. As on Linux, one more than asked for fits.</summary>
    public bool TryQueue() => _waiting.Count <= options.Backlog;

    /// <summary>A handshake is over.</summary>
    public void Established(TcpEndpoint endpoint)
    {
        if (_accepted is null)
        {
            endpoint.Abort();
            return;
        }

        _waiting.Enqueue(endpoint);
        AcceptWaiting();
    }

    private void AcceptWaiting()
    {
        while (_waiting.TryDequeue(out TcpEndpoint? endpoint))
        {
            world.Trace.Record(
                world.Scheduler.Now,
                host.Name,
                endpoint.Flow.Id,
                TraceKind.Accepted,
                text: endpoint.Flow.Remote.ToString()
            );
            _accepted!(new SimulatedTransport(world, endpoint));
        }
    }

    private void Record(TraceKind kind) =>
        world.Trace.Record(
            world.Scheduler.Now,
            host.Name,
            0,
            kind,
            text: local.Port.ToString(CultureInfo.InvariantCulture)
        );
}
