using System.Net;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Contract;

/// <summary>
/// Stands between the streams and the driver in every case, and holds each call to the rules of the seam: so a driver that breaks them learns which one,
/// and not just that some bytes went missing.
/// </summary>
internal sealed class WatchedNetwork(INetwork driver, Findings findings) : INetwork
{
    public TimeProvider TimeProvider => driver.TimeProvider;

    /// <summary>A world that is watched. One network stays one.</summary>
    public static ContractWorld Watch(ContractWorld world, Findings findings)
    {
        WatchedNetwork server = new(world.Server, findings);
        WatchedNetwork client = ReferenceEquals(world.Server, world.Client) ? server : new(world.Client, findings);
        return world with { Server = server, Client = client };
    }

    public async ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        Transport transport = await driver.ConnectAsync(remote, options, cancellationToken).ConfigureAwait(false);
        return new WatchedTransport(transport, findings);
    }

    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<TransportListener> listeners = await driver
            .BindAsync(local, options, cancellationToken)
            .ConfigureAwait(false);
        return Watched(listeners);
    }

    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        IReadOnlyList<EndPoint> locals,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        IReadOnlyList<TransportListener> listeners = await driver
            .BindAsync(locals, options, cancellationToken)
            .ConfigureAwait(false);
        return Watched(listeners);
    }

    private WatchedListener[] Watched(IReadOnlyList<TransportListener> listeners) =>
        [.. listeners.Select(listener => new WatchedListener(listener, findings))];
}
