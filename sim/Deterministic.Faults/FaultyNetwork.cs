using System.Net;
using System.Net.Sockets;
using Deterministic.Exploration;
using Deterministic.Faults.Decorating;
using Deterministic.Streams;

namespace Deterministic.Faults;

/// <summary>
/// A network with faults on top of any other one, such as the real sockets of this machine: what passes through here is delayed, cut, lost and broken by the same rules as in a simulated world.
/// </summary>
/// <remarks>
/// <para>Safe to use from any thread, as far as the network below is. Decisions are drawn from a seed, in the order in which they are asked for; on real sockets that order is the machine's.</para>
/// <para>
/// The other end of a connection need not know: what it sends is struck here, as it comes in. Where it is another host of the same faults, see <see cref="ForHost"/>, everything
/// is struck once, by who sends it. Faults of connecting strike who connects, and Unix sockets, which stay within a host, are never struck.
/// </para>
/// <para>Of a profile, the latency is added to that of the network below, unless it is the ordinary one; its window bounds what is held up here of one direction of a connection.</para>
/// <para>
/// Scopes name hosts. The own name is told to the constructor; the peer's is what the caller's function says, the name of the decorated host at that address, the host of a
/// <see cref="DnsEndPoint"/>, or the text of an IP address, the first of these that there is.
/// </para>
/// </remarks>
public sealed class FaultyNetwork : INetwork
{
    private readonly INetwork _inner;
    private readonly FaultDecisions _faults;

    /// <summary>Faults on top of a network, drawn from a seed.</summary>
    /// <param name="inner">What lies below.</param>
    /// <param name="profile">Which faults; those that cannot be brought about here are left out and told in <see cref="Unsupported"/>.</param>
    /// <param name="seed">What the decisions follow from.</param>
    /// <param name="host">The name of this place, for the scopes of rules.</param>
    /// <param name="nameOf">The name of the host at an end point, or null if it has none to tell. Called from any thread.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty.</exception>
    public FaultyNetwork(
        INetwork inner,
        FaultProfile profile,
        ulong seed,
        string host,
        Func<EndPoint, string?>? nameOf = null
    )
        : this(inner, profile, new ChoiceSource(new RandomStrategy(seed), record: false), host, nameOf) { }

    /// <summary>Faults on top of a network, drawn from a source of choices, such as a simulated world's.</summary>
    /// <param name="inner">What lies below.</param>
    /// <param name="profile">Which faults; those that cannot be brought about here are left out and told in <see cref="Unsupported"/>.</param>
    /// <param name="choices">Where decisions are drawn from: by one thread at a time, and by nobody else unless <paramref name="inner"/> is of one thread.</param>
    /// <param name="host">The name of this place, for the scopes of rules.</param>
    /// <param name="nameOf">The name of the host at an end point, or null if it has none to tell. Called from any thread.</param>
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
    /// Told of each fault that strikes, at any host of these faults. Called on the thread that was struck, one call at a time: it must neither throw nor call a network. Null, the
    /// default, for nobody.
    /// </summary>
    public Action<InjectedFault>? OnStruck
    {
        get => _faults.OnStruck;
        set => _faults.OnStruck = value;
    }

    /// <summary>The name of this place, for the scopes of rules.</summary>
    public string HostName { get; }

    /// <inheritdoc/>
    public TimeProvider TimeProvider => _inner.TimeProvider;

    /// <summary>The rules of the profile that cannot be brought about here, and are left out: see <see cref="Supports"/>.</summary>
    public IReadOnlyList<FaultRule> Unsupported => _faults.Unsupported;

    /// <summary>Whether a fault can be brought about on top of a network. What cannot needs a simulated one.</summary>
    /// <param name="kind">Which.</param>
    public static bool Supports(FaultKind kind) => SupportedFaults.Supports(kind);

    /// <summary>Another host with the same faults: of one count, one swarm and one source of decisions. What the two send each other is struck once.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="inner">What lies below it; the same as here if null. Its time must be the same.</param>
    /// <exception cref="ArgumentException"><paramref name="host"/> is empty.</exception>
    public FaultyNetwork ForHost(string host, INetwork? inner = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        return new FaultyNetwork(inner ?? _inner, _faults, host);
    }

    /// <summary>
    /// From here on no fault strikes, at any host of these faults, and what was held up by those that last goes on. What is lost stays lost, and what is under way arrives when it would have.
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
