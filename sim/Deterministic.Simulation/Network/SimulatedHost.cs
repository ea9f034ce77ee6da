using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A host of the simulated network: a place to serve at and to connect from, with a name, an address and a clock.</summary>
/// <remarks>For the simulator's thread only.</remarks>
public sealed class SimulatedHost : INetwork
{
    private readonly SimulatedWorld _world;

    internal SimulatedHost(SimulatedWorld world, string name, IPAddress address)
    {
        _world = world;
        Name = name;
        Address = address;
        Context = world.Scheduler.CreateContext(name);
        Clock = new HostClock(world.Scheduler, name, world.Trace);
        TimeProvider = new VirtualTimeProvider(Clock);
        Tcp = new TcpStack(world, this, world.TcpOptions);
    }

    /// <summary>Its name, by which others connect to it.</summary>
    public string Name { get; }

    /// <summary>Its address.</summary>
    public IPAddress Address { get; }

    /// <summary>Virtual time, as the host's <see cref="Clock"/> has it.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>How its time runs, and what its wall clock says: skew, drift and steps.</summary>
    public HostClock Clock { get; }

    internal SimulationSynchronizationContext Context { get; }

    internal TcpStack Tcp { get; }

    /// <inheritdoc/>
    public ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(remote);
        _world.Scheduler.VerifyAccess("Connecting in the simulation");
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Transport>(cancellationToken);
        }

        try
        {
            (SimulatedHost server, IPEndPoint address) = _world.Network.Resolve(this, remote);
            TcpEndpoint endpoint = Tcp.Create(server, address, localPort: 0, options.NoDelay);
            _world.Trace.Record(
                _world.Scheduler.Now,
                Name,
                endpoint.Flow.Id,
                TraceKind.Connecting,
                text: $"{server.Name}:{address.Port}"
            );
            return new ConnectAttempt(_world, endpoint).RunAsync(cancellationToken);
        }
        catch (ConnectionException error)
        {
            _world.Trace.Record(_world.Scheduler.Now, Name, 0, TraceKind.ConnectFailed, text: error.Message);
            return ValueTask.FromException<Transport>(error);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(options);
        _world.Scheduler.VerifyAccess("Binding in the simulation");
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<TransportListener>>(cancellationToken);
        }

        try
        {
            int port = OwnPort(local);
            port = port == 0 ? Tcp.TakeListenerPort() : port;
            if (Tcp.FindListener(port) is not null)
            {
                throw new ConnectionException(
                    ConnectionErrorKind.AddressInUse,
                    $"Address already in use: {Name}:{port}."
                );
            }

            SimulatedListener listener = new(_world, this, new IPEndPoint(Address, port), options);
            Tcp.Add(listener);
            return ValueTask.FromResult<IReadOnlyList<TransportListener>>([listener]);
        }
        catch (ConnectionException error)
        {
            return ValueTask.FromException<IReadOnlyList<TransportListener>>(error);
        }
    }

    /// <summary>Which of this host's addresses others see when it talks to one of theirs.</summary>
    internal IPAddress AddressFor(IPAddress remote) => IPAddress.IsLoopback(remote) ? remote : Address;

    private int OwnPort(EndPoint local)
    {
        if (local is DnsEndPoint { Host: NetworkExtensions.AnyHost } any)
        {
            return any.Port;
        }

        if (local is IPEndPoint ip && (ip.Address.Equals(IPAddress.Any) || ip.Address.Equals(IPAddress.IPv6Any)))
        {
            return ip.Port;
        }

        (SimulatedHost host, IPEndPoint address) = _world.Network.Resolve(this, local);
        return host == this
            ? address.Port
            : throw new ConnectionException(
                ConnectionErrorKind.AddressNotAvailable,
                $"'{local}' is not an address of the host '{Name}'."
            );
    }
}
