using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Simulation.Context;
using Deterministic.Simulation.Hosts;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Naming;
using Deterministic.Simulation.Programs;
using Deterministic.Simulation.Scheduling;
using Deterministic.Simulation.Tcp;
using Deterministic.Simulation.Unix;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Simulation;

/// <summary>A host of the simulated network: a place to serve at and to connect from, with a name, addresses, Unix sockets and a clock, and a life of its own.</summary>
/// <remarks>For the simulator's thread only.</remarks>
public sealed partial class SimulatedHost : INetwork, IHost
{
    private readonly SimulatedWorld _world;
    private readonly HostBinding _binding;
    private readonly HostConnecting _connecting;

    internal SimulatedHost(SimulatedWorld world, string name)
    {
        _world = world;
        Name = name;
        WorldContext context = world.Context;
        AddressTable = new HostAddresses(name);
        _processor = new VirtualCpu(context.Scheduler, name);
        _scenario = new ProgramScope(context.Scheduler, this, _processor);
        Clock = new HostClock(context.Scheduler, name, context.Trace, () => ScopeHere);
        TimeProvider = new VirtualTimeProvider(Clock);
        TcpOptions = context.TcpOptions;
        Tcp = new TcpStack(context, world.Network, this);
        Unix = new UnixSockets(context, this);
        _binding = new HostBinding(context, world.Network, this);
        _connecting = new HostConnecting(context, world.Network, this);
    }

    /// <summary>Its name, by which others connect to it.</summary>
    public string Name { get; }

    /// <summary>Its first address, of IPv4: what its name stands for, unless <see cref="SimulatedWorld.AddName"/> says otherwise.</summary>
    public IPAddress Address => AddressTable.First(AddressFamily.InterNetwork);

    /// <summary>Its addresses: one of IPv4, one of IPv6, and what was added.</summary>
    public IReadOnlyList<IPAddress> Addresses => AddressTable.All;

    /// <summary>Virtual time, as the host's <see cref="Clock"/> has it.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>How its time runs, and what its wall clock says: skew, drift and steps.</summary>
    public HostClock Clock { get; }

    /// <summary>How its TCP is set, for connections made from now on. The world's, unless set.</summary>
    public TcpOptions TcpOptions
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }

    internal HostAddresses AddressTable { get; }

    internal TcpStack Tcp { get; }

    internal UnixSockets Unix { get; }

    /// <summary>Whether there is a socket file at a path of this host: that of a server, or one that was left behind.</summary>
    /// <param name="path">As it was given to the server.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, longer than the system takes, or has a NUL in it.</exception>
    public bool HasSocketFile(string path) => Unix.HasFile(EndPointAddresses.OfPath(path));

    /// <summary>Gives the host another address, last in the order.</summary>
    /// <param name="address">Of IPv4 or IPv6.</param>
    /// <exception cref="ArgumentException">No host can have it, or one has it already.</exception>
    public void AddAddress(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        _world.Scheduler.VerifyAccess("Changing a host of the simulation");
        _world.Network.Claim(address, this);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException"><paramref name="remote"/> is of a kind that the simulated network has not.</exception>
    public ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(options);
        EndPointAddresses.ThrowIfInvalid(remote, nameof(remote));
        _world.Scheduler.VerifyAccess("Connecting in the simulation");
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Transport>(cancellationToken);
        }

        try
        {
            ScopeHere.ThrowIfGone();
            return _connecting.ConnectAsync(remote, options, cancellationToken);
        }
        catch (ConnectionException error)
        {
            _connecting.Failed(error);
            return ValueTask.FromException<Transport>(error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException"><paramref name="local"/> is of a kind that the simulated network has not.</exception>
    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(local);
        return BindAsync([local], options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Names are resolved first: what several of them stand for is bound once.</remarks>
    /// <exception cref="NotSupportedException">One is of a kind that the simulated network has not.</exception>
    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        IReadOnlyList<EndPoint> locals,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(locals);
        ArgumentNullException.ThrowIfNull(options);
        foreach (EndPoint local in locals)
        {
            EndPointAddresses.ThrowIfInvalid(local, nameof(locals));
        }

        _world.Scheduler.VerifyAccess("Binding in the simulation");
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<TransportListener>>(cancellationToken);
        }

        try
        {
            ScopeHere.ThrowIfGone();
            return _binding.BindAsync(locals, options);
        }
        catch (ConnectionException error)
        {
            return ValueTask.FromException<IReadOnlyList<TransportListener>>(error);
        }
    }

    HostAddresses ITcpHost.AddressTable => AddressTable;

    TcpStack ITcpHost.Tcp => Tcp;

    UnixSockets IHost.Unix => Unix;

    void ILinkEnd.ProbePeersAt(ILinkEnd host) => Tcp.ScheduleProbe(host);
}
