using System.Net;
using System.Net.Sockets;
using Deterministic.Exploration;
using Deterministic.Faults.Decorating;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Faults;

/// <summary>
/// Injects faults into any network, such as the real sockets of this machine, by the same rules as in a simulated world.
/// </summary>
/// <remarks>
/// <para>Safe to use from any thread, as far as the network below is. Decisions are drawn from a seed, in the order in which they are requested; on real sockets that order depends on the machine.</para>
/// <para>
/// The other endpoint of a connection need not be decorated: faults are injected into its bytes here, as they arrive. If it is another host with the same faults, see <see cref="ForHost"/>, they
/// strike once, at the sender. Faults of connecting strike the client, and Unix sockets, which stay within a host, are never affected.
/// </para>
/// <para>The latency of a profile is added to that of the network below, unless it is the default one; its window bounds the bytes queued here for one direction of a connection.</para>
/// <para>
/// Scopes name hosts. The host's own name is a parameter of the constructor; the peer's name is the result of the caller's function, the name of the decorated host at that address, the host of a
/// <see cref="DnsEndPoint"/>, or the text of an IP address, the first of these that exists.
/// </para>
/// </remarks>
public sealed class FaultyNetwork : INetwork
{
    private readonly INetwork _inner;
    private readonly FaultDecisions _faults;

    /// <summary>Decorates a network with faults drawn from a seed.</summary>
    /// <param name="inner">The network to decorate.</param>
    /// <param name="profile">The faults; those that are not supported here are left out and listed in <see cref="Unsupported"/>.</param>
    /// <param name="seed">The seed of the decisions.</param>
    /// <param name="host">The name of this host, for the scopes of rules.</param>
    /// <param name="nameOf">Returns the name of the host at an end point, or null if it knows none. Called from any thread.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty.</exception>
    public FaultyNetwork(
        INetwork inner,
        FaultProfile profile,
        ulong seed,
        string host,
        Func<EndPoint, string?>? nameOf = null
    )
        : this(inner, profile, new ChoiceSource(new RandomStrategy(seed), record: false), host, nameOf) { }

    /// <summary>Decorates a network with faults drawn from a source of choices, such as a simulated world's.</summary>
    /// <param name="inner">The network to decorate.</param>
    /// <param name="profile">The faults; those that are not supported here are left out and listed in <see cref="Unsupported"/>.</param>
    /// <param name="choices">The source of decisions: used by one thread at a time, and not to be used by other code unless <paramref name="inner"/> runs on one thread.</param>
    /// <param name="host">The name of this host, for the scopes of rules.</param>
    /// <param name="nameOf">Returns the name of the host at an end point, or null if it knows none. Called from any thread.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty.</exception>
    public FaultyNetwork(
        INetwork inner,
        FaultProfile profile,
        ChoiceSource choices,
        string host,
        Func<EndPoint, string?>? nameOf = null
    )
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(choices);
        ArgumentException.ThrowIfNullOrEmpty(host);
        _inner = inner;
        _faults = new FaultDecisions(inner.TimeProvider, profile, choices, nameOf);
        HostName = _faults.Names.Decorate(host);
    }

    private FaultyNetwork(INetwork inner, FaultDecisions faults, string host)
    {
        _inner = inner;
        _faults = faults;
        HostName = faults.Names.Decorate(host);
    }

    /// <summary>
    /// Called for each injected fault, at any host that shares these faults. Called on the affected thread, one call at a time: it must neither throw nor call a network. Null by
    /// default.
    /// </summary>
    public Action<InjectedFault>? OnStruck
    {
        get => _faults.OnStruck;
        set => _faults.OnStruck = value;
    }

    /// <summary>The name of this host, for the scopes of rules.</summary>
    public string HostName { get; }

    /// <inheritdoc/>
    public TimeProvider TimeProvider => _inner.TimeProvider;

    /// <summary>The rules of the profile that are not supported here, and left out: see <see cref="Supports"/>.</summary>
    public IReadOnlyList<FaultRule> Unsupported => _faults.Unsupported;

    /// <summary>Whether a fault can be injected into any network. The others need a simulated one.</summary>
    /// <param name="kind">The kind of fault.</param>
    public static bool Supports(FaultKind kind) => SupportedFaults.Supports(kind);

    /// <summary>Another host with the same faults: they share counts, swarm and decisions. Faults strike the bytes between the two once.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="inner">The network to decorate; the same as here if null. Its time must be the same.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty.</exception>
    public FaultyNetwork ForHost(string host, INetwork? inner = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        return new FaultyNetwork(inner ?? _inner, _faults, host);
    }

    /// <summary>
    /// Stops the injection of faults at every host that shares them, and releases the bytes held by faults that last. What is lost stays lost, and bytes in flight arrive when they would have.
    /// </summary>
    public void StopFaults() => _faults.Stop();

    /// <inheritdoc/>
    public ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(options);
        return _faults.IsPlain || remote is UnixDomainSocketEndPoint
            ? _inner.ConnectAsync(remote, options, cancellationToken)
            : new FaultyConnect(_inner, _faults, HostName, remote).RunAsync(options, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    ) => Decorate(await _inner.BindAsync(local, options, cancellationToken).ConfigureAwait(false), options);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        IReadOnlyList<EndPoint> locals,
        ServerOptions options,
        CancellationToken cancellationToken
    ) => Decorate(await _inner.BindAsync(locals, options, cancellationToken).ConfigureAwait(false), options);

    private IReadOnlyList<TransportListener> Decorate(
        IReadOnlyList<TransportListener> listeners,
        ServerOptions options
    ) =>
        _faults.IsPlain
            ? listeners
            :
            [
                .. listeners.Select(listener =>
                    listener.LocalEndPoint is UnixDomainSocketEndPoint
                        ? listener
                        : new FaultyListener(listener, _faults, HostName, options)
                ),
            ];
}
