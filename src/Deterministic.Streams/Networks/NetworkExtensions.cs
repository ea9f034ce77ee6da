using System.Net;

namespace Deterministic.Streams;

/// <summary>Connecting and serving on any network: asyncio's <c>open_connection</c> and <c>start_server</c>.</summary>
public static class NetworkExtensions
{
    /// <summary>Connects to a host by name or address.</summary>
    /// <param name="network">Where from.</param>
    /// <param name="host">A name, or an address in text.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="options">How it is made and buffers; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="Core.ConnectionException">The connection could not be made.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static ValueTask<Connection> OpenConnectionAsync(
        this INetwork network,
        string host,
        int port,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.OpenConnectionAsync(ToEndPoint(host, port, leastPort: 1), options, cancellationToken);

    /// <summary>Connects to an end point, such as one of <see cref="StreamServer.EndPoints"/>.</summary>
    /// <param name="network">Where from.</param>
    /// <param name="remote">Where to.</param>
    /// <param name="options">How it is made and buffers; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="Core.ConnectionException">The connection could not be made.</exception>
    public static async ValueTask<Connection> OpenConnectionAsync(
        this INetwork network,
        EndPoint remote,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(remote);
        options ??= ClientOptions.Default;
        Transport transport = await TimedConnect
            .RunAsync(network, remote, options, cancellationToken)
            .ConfigureAwait(false);
        return Connection.Attach(transport, options);
    }

    /// <summary>Serves with a handler of connections.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Runs once for each connection; the connection is closed in order when it returns or is cancelled, and aborted if it throws anything else.</param>
    /// <param name="host">A name or an address of this place; null or empty for all of them.</param>
    /// <param name="port">0 to 65535; 0 takes any free port.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">The address could not be bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static async ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Func<Connection, Task> handler,
        string? host = null,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(handler);
        options ??= ServerOptions.Default;
        EndPoint local = ToEndPoint(string.IsNullOrEmpty(host) ? AnyHost : host, port, leastPort: IPEndPoint.MinPort);
        IReadOnlyList<TransportListener> listeners = await network
            .BindAsync(local, options, cancellationToken)
            .ConfigureAwait(false);
        StreamServer server = new(listeners, handler, options);
        if (options.StartServing)
        {
            server.StartServing();
        }

        return server;
    }

    /// <summary>Serves with a handler of readers and writers.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Runs once for each connection; the connection is closed in order when it returns or is cancelled, and aborted if it throws anything else.</param>
    /// <param name="host">A name or an address of this place; null or empty for all of them.</param>
    /// <param name="port">0 to 65535; 0 takes any free port.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">The address could not be bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Func<AsyncStreamReader, AsyncStreamWriter, Task> handler,
        string? host = null,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(handler);
        return network.StartServerAsync(
            connection => handler(connection.Reader, connection.Writer),
            host,
            port,
            options,
            cancellationToken
        );
    }

    /// <summary>Stands for every address of a place; drivers bind it as such.</summary>
    public const string AnyHost = "*";

    private static EndPoint ToEndPoint(string host, int port, int leastPort)
    {
        ArgumentException.ThrowIfNullOrEmpty(host);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, leastPort);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return IPAddress.TryParse(host, out IPAddress? address)
            ? new IPEndPoint(address, port)
            : new DnsEndPoint(host, port);
    }
}
