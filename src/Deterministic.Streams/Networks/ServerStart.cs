using System.Net;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Naming;

namespace Deterministic.Streams.Networks;

/// <summary>Binds, and puts a server on what was bound.</summary>
internal static class ServerStart
{
    public static async ValueTask<StreamServer> RunAsync(
        INetwork network,
        Func<Connection, Task> handler,
        EndPoint[] locals,
        ServerOptions? options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(handler);
        Array.ForEach(locals, static local => EndPointText.ThrowIfInvalid(local, nameof(local)));
        options ??= ServerOptions.Default;
        IReadOnlyList<TransportListener> listeners = locals is [EndPoint local]
            ? await network.BindAsync(local, options, cancellationToken).ConfigureAwait(false)
            : await network.BindAsync(locals, options, cancellationToken).ConfigureAwait(false);
        return StreamServer.Create(listeners, handler, network.TimeProvider, options);
    }
}
