using System.Net;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Naming;
using Deterministic.Streams.Networks;
using Deterministic.Streams.Tls;

namespace Deterministic.Streams;

/// <summary>Connecting and serving on any network: asyncio's <c>open_connection</c> and <c>start_server</c>.</summary>
public static partial class NetworkExtensions
{
    /// <summary>Connects to a host by name or address.</summary>
    /// <param name="network">Where from.</param>
    /// <param name="host">A name, an IPv4 address, or an IPv6 address, which may be in brackets and have a scope that the network knows.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="options">How it is made and buffers; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="Core.ConnectionException">The connection could not be made, or its TLS handshake failed.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is no host (clause C-OPEN-13), or TLS is asked for and there is no server name to verify (clause C-OPEN-03).</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static ValueTask<Connection> OpenConnectionAsync(
        this INetwork network,
        string host,
        int port,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.OpenConnectionAsync(HostAddress.Of(host, port, leastPort: 1), options, cancellationToken);

    /// <summary>Connects to an end point, such as one of <see cref="StreamServer.EndPoints"/>.</summary>
    /// <param name="network">Where from.</param>
    /// <param name="remote">Where to.</param>
    /// <param name="options">How it is made and buffers; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="Core.ConnectionException">The connection could not be made, or its TLS handshake failed.</exception>
    /// <exception cref="ArgumentException"><paramref name="remote"/> has a host or path that is none (clauses C-OPEN-13, C-UNIX-06), or TLS is asked for and there is no server name to verify (clause C-OPEN-03).</exception>
    public static async ValueTask<Connection> OpenConnectionAsync(
        this INetwork network,
        EndPoint remote,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(remote);
        EndPointText.ThrowIfInvalid(remote, nameof(remote));
        options ??= ClientOptions.Default;
        string? host = ServerNames.HostOf(remote);
        if (options.Tls is { } tls)
        {
            // Before anybody is connected to.
            ServerNames.Require(tls, host);
        }

        Transport transport = await TimedConnect
            .RunAsync(network, remote, options, cancellationToken)
            .ConfigureAwait(false);
        Connection connection = Connection.Attach(transport, options, host);
        return options.Tls is null
            ? connection
            : await connection.SecuredAsync(options.Tls, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stands for every address of a place; drivers bind it as such.</summary>
    public const string AnyHost = "*";
}
