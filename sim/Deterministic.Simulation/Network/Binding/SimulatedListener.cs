using System.Globalization;
using System.Net;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A bound port of a simulated host.</summary>
/// <remarks>
/// While accepting is paused, connections are made all the same and wait in the backlog, as in a kernel; once resumed they are accepted in the order in which they came.
/// When the backlog is full, what asks for a connection is dropped without an answer, and asked again.
/// </remarks>
internal sealed class SimulatedListener(
    SimulatedWorld world,
    SimulatedHost host,
    IPEndPoint bound,
    ServerOptions options
) : TransportListener
{
    private readonly ListenBacklog _backlog = new(options.Backlog);
    private Action<Transport>? _accepted;
    private ListenerState _state;

    /// <summary>Where a kernel would have it; may stand for all addresses of a family.</summary>
    public IPEndPoint Bound => bound;

    /// <summary>
    /// Where others reach it: a real socket that listens at all addresses says 0.0.0.0, which leads a client on another host to itself. Here it says the first address of that family.
    /// </summary>
    public override IPEndPoint LocalEndPoint { get; } =
        HostAddresses.IsAny(bound.Address)
            ? new IPEndPoint(host.AddressTable.First(bound.AddressFamily), bound.Port)
            : bound;

    /// <summary>Whether connections are made here; a port that is only bound refuses.</summary>
    public bool IsListening => _state is ListenerState.Accepting or ListenerState.Paused;

    /// <summary>Whether it counts as listening where somebody else wants the address: also if it is about to.</summary>
    public bool Listens => IsListening || options.StartServing;

    /// <summary>Whether others may share its address and port: SO_REUSEPORT.</summary>
    public bool SharesPort => options.ReusePort;

    /// <summary>Whether its address may be bound while connections of it linger: SO_REUSEADDR.</summary>
    public bool SharesAddress => options.ReuseAddress != false;

    /// <summary>For connections accepted here.</summary>
    public ConnectionOptions Options => options;

    /// <summary>Whether what asks for a connection is dropped.</summary>
    public bool IsFull => _backlog.IsFull;

    /// <summary>Whether somebody else may bind an address that overlaps with its own.</summary>
    public bool SharesWith(ServerOptions other) =>
        (SharesPort && other.ReusePort) || (SharesAddress && other.ReuseAddress != false && !Listens);

    public override void Start(Action<Transport> accepted, Action<Exception> failed)
    {
        world.Scheduler.VerifyAccess("Listening in the simulation");
        if (_state != ListenerState.Closed)
        {
            host.Tcp.Ports.ThrowIfListenedOn(this);
            _accepted = accepted;
            _state = _state == ListenerState.BoundPaused ? ListenerState.Paused : ListenerState.Accepting;
            Record(TraceKind.Listening);
        }
    }

    public override void PauseAccepting()
    {
        world.Scheduler.VerifyAccess("Pausing a listener of the simulation");
        _state = _state switch
        {
            ListenerState.Bound => ListenerState.BoundPaused,
            ListenerState.Accepting => ListenerState.Paused,
            _ => _state,
        };
    }

    public override void ResumeAccepting()
    {
        world.Scheduler.VerifyAccess("Resuming a listener of the simulation");
        _state = _state switch
        {
            ListenerState.BoundPaused => ListenerState.Bound,
            ListenerState.Paused => ListenerState.Accepting,
            _ => _state,
        };
        if (!_backlog.IsEmpty)
        {
            world.Scheduler.Post(host.Name, static state => ((SimulatedListener)state!).AcceptWaiting(), this);
        }
    }

    public override void Close()
    {
        world.Scheduler.VerifyAccess("Closing a listener of the simulation");
        if (_state != ListenerState.Closed)
        {
            _state = ListenerState.Closed;
            host.Tcp.Ports.Remove(this);
            _accepted = null;
            Record(TraceKind.StoppedListening);
            _backlog.Reset();
        }
    }

    public override void Schedule(Action<object?> callback, object? state) =>
        world.Scheduler.Post(host.Name, callback.Invoke, state);

    /// <summary>In the host's own context, so that the awaits of the handler come back to it.</summary>
    public override void StartHandler(Action<object?> callback, object? state) =>
        host.Context.Post(callback.Invoke, state);

    /// <summary>The network has made a connection: it is accepted, or waits behind those that came before.</summary>
    public void Deliver(TcpEndpoint endpoint)
    {
        _backlog.Add(endpoint);
        AcceptWaiting();
    }

    private void AcceptWaiting()
    {
        while (_state == ListenerState.Accepting && !_backlog.IsEmpty)
        {
            Accept(_backlog.TakeOldest());
        }
    }

    private void Accept(TcpEndpoint endpoint)
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

    private void Record(TraceKind kind) =>
        world.Trace.Record(
            world.Scheduler.Now,
            host.Name,
            0,
            kind,
            text: bound.Port.ToString(CultureInfo.InvariantCulture)
        );
}
