using System.Globalization;
using System.Net;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A bound port of a simulated host.</summary>
internal sealed class SimulatedListener(SimulatedWorld world, SimulatedHost host, IPEndPoint local) : TransportListener
{
    private Action<Transport>? _accepted;

    public override IPEndPoint LocalEndPoint => local;

    /// <summary>Whether somebody accepts here; a port that is only bound refuses.</summary>
    public bool IsListening => _accepted is not null;

    public override void Start(Action<Transport> accepted, Action<Exception> failed)
    {
        world.Scheduler.VerifyAccess("Listening in the simulation");
        _accepted = accepted;
        Record(TraceKind.Listening);
    }

    public override void Close()
    {
        world.Scheduler.VerifyAccess("Closing a listener of the simulation");
        if (host.FindListener(local.Port) == this)
        {
            host.Remove(this);
            _accepted = null;
            Record(TraceKind.StoppedListening);
        }
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        world.Scheduler.Post(host.Name, callback.Invoke, state);

    /// <summary>In the host's own context, so that the awaits of the handler come back to it.</summary>
    public override void StartHandler(Action<object?> callback, object? state) =>
        host.Context.Post(callback.Invoke, state);

    public void Accept(SimulatedTransport transport)
    {
        world.Trace.Record(
            world.Scheduler.Now,
            host.Name,
            transport.Id,
            TraceKind.Accepted,
            text: transport.RemoteEndPoint.ToString()!
        );
        _accepted!(transport);
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
