using System.Net;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Simulation;

/// <summary>A host of the simulated network: a place to serve at and to connect from, with a name, an address and a clock.</summary>
/// <remarks>For the simulator's thread only.</remarks>
public sealed class SimulatedHost : INetwork
{
    /// <summary>The first port that a host gives out by itself: where the dynamic range begins (RFC 6335).</summary>
    private const int FirstDynamicPort = 49152;

    private readonly SimulatedWorld _world;
    private readonly SortedDictionary<int, SimulatedListener> _listeners = [];
    private int _nextPort = FirstDynamicPort;

    internal SimulatedHost(SimulatedWorld world, string name, IPAddress address)
    {
        _world = world;
        Name = name;
        Address = address;
        Context = world.Scheduler.CreateContext(name);
        TimeProvider = new VirtualTimeProvider(world.Scheduler, name);
    }

    /// <summary>Its name, by which others connect to it.</summary>
    public string Name { get; }

    /// <summary>Its address.</summary>
    public IPAddress Address { get; }

    /// <summary>Virtual time.</summary>
    public TimeProvider TimeProvider { get; }

    internal SimulationSynchronizationContext Context { get; }

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
            (SimulatedHost host, int port) = _world.Network.Resolve(this, remote);
            IPEndPoint local = new(Address, TakePort());
            return new ValueTask<Transport>(
                new ConnectAttempt(_world, this, local, host, port).StartAsync(cancellationToken)
            );
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
            port = port == 0 ? TakePort() : port;
            if (_listeners.ContainsKey(port))
            {
                throw new ConnectionException(
                    ConnectionErrorKind.AddressInUse,
                    $"Address already in use: {Name}:{port}."
                );
            }

            SimulatedListener listener = new(_world, this, new IPEndPoint(Address, port), options.Backlog);
            _listeners.Add(port, listener);
            return ValueTask.FromResult<IReadOnlyList<TransportListener>>([listener]);
        }
        catch (ConnectionException error)
        {
            return ValueTask.FromException<IReadOnlyList<TransportListener>>(error);
        }
    }

    /// <summary>The listener at a port, or null.</summary>
    internal SimulatedListener? FindListener(int port) => _listeners.GetValueOrDefault(port);

    internal void Remove(SimulatedListener listener) => _listeners.Remove(listener.LocalEndPoint.Port);

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

        (SimulatedHost host, int port) = _world.Network.Resolve(this, local);
        return host == this
            ? port
            : throw new ConnectionException(
                ConnectionErrorKind.AddressNotAvailable,
                $"'{local}' is not an address of the host '{Name}'."
            );
    }

    /// <summary>The next port that no listener holds. Ports of past connections come round again once the range is through.</summary>
    private int TakePort()
    {
        for (int tries = FirstDynamicPort; tries <= IPEndPoint.MaxPort; tries++)
        {
            int port = _nextPort;
            _nextPort = port == IPEndPoint.MaxPort ? FirstDynamicPort : port + 1;
            if (!_listeners.ContainsKey(port))
            {
                return port;
            }
        }

        throw new ConnectionException(
            ConnectionErrorKind.ResourcesExhausted,
            $"The host '{Name}' has no free port left."
        );
    }
}
