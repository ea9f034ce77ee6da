using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Naming;
using Deterministic.Streams;

namespace Deterministic.Sockets.Connecting;

/// <summary>Where to connect from. Clause C-OPEN-10.</summary>
internal static class LocalAddresses
{
    /// <summary>The addresses that <see cref="ClientOptions.LocalEndPoint"/> stands for; null if the network may choose.</summary>
    public static async ValueTask<IPEndPoint[]?> ResolveAsync(
        ClientOptions options,
        CancellationToken cancellationToken
    ) =>
        options.LocalEndPoint is { } local
            ? await EndPointResolver.ForLocalAsync(local, options, cancellationToken).ConfigureAwait(false)
            : null;

    /// <summary>Binds to the first address of the socket's family that can be bound.</summary>
    /// <exception cref="ConnectionException">None can, or there is none of that family.</exception>
    public static void Bind(Socket socket, IPEndPoint[] locals, IPEndPoint remote)
    {
        ConnectionException? failure = null;
        foreach (IPEndPoint local in locals.Where(local => local.AddressFamily == remote.AddressFamily))
        {
            try
            {
                socket.Bind(local);
                return;
            }
            catch (SocketException error)
            {
                failure = SocketErrors.NotBound(local, error);
            }
        }

        throw failure ?? NoneFits(locals, remote);
    }

    private static ConnectionException NoneFits(IPEndPoint[] locals, IPEndPoint remote) =>
        new(
            ConnectionErrorKind.AddressNotAvailable,
            $"no matching local address with family={remote.AddressFamily} found: "
                + $"{remote} can't be connected to from [{string.Join(", ", locals.Select(local => local.ToString()))}]"
        );
}
