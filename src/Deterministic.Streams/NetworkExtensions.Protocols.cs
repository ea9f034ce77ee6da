using System.Net;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Naming;
using Deterministic.Streams.Protocols;

namespace Deterministic.Streams;

/// <content>Connecting and serving with callbacks: asyncio's <c>create_connection</c> and <c>create_server</c>.</content>
public static partial class NetworkExtensions
{
    /// <summary>Connects to a host by name or address, for a protocol of callbacks. Clause P-17.</summary>
    /// <param name="network">Where from.</param>
    /// <param name="factory">Makes the protocol, once the connection stands.</param>
    /// <param name="host">A name, an IPv4 address, or an IPv6 address, which may be in brackets and have a scope that the network knows.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="options">How it is made and buffers; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the attempt up; has no effect once the connection stands.</param>
    /// <returns>
    /// The transport and the protocol, whose <see cref="StreamProtocol.ConnectionMade"/> has returned. Callbacks run in the caller's synchronization context, if there is one, and this ends there:
    /// await it, because a thread that blocks for it keeps the context's callbacks from running.
    /// </returns>
    /// <exception cref="Core.ConnectionException">The connection could not be made.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is no host: clause C-OPEN-13.</exception>
    public static ValueTask<(ProtocolTransport Transport, TProtocol Protocol)> ConnectProtocolAsync<TProtocol>(
        this INetwork network,
        Func<TProtocol> factory,
        string host,
        int port,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    )
        where TProtocol : StreamProtocol =>
        network.ConnectProtocolAsync(factory, HostAddress.Of(host, port, leastPort: 1), options, cancellationToken);

    /// <summary>Connects to an end point, for a protocol of callbacks. Clause P-17.</summary>
    /// <param name="network">Where from.</param>
    /// <param name="factory">Makes the protocol, once the connection stands.</param>
    /// <param name="remote">Where to.</param>
    /// <param name="options">How it is made and buffers; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the attempt up; has no effect once the connection stands.</param>
    /// <returns>
    /// The transport and the protocol, whose <see cref="StreamProtocol.ConnectionMade"/> has returned. Callbacks run in the caller's synchronization context, if there is one, and this ends there:
    /// await it, because a thread that blocks for it keeps the context's callbacks from running.
    /// </returns>
    /// <exception cref="Core.ConnectionException">The connection could not be made.</exception>
    public static async ValueTask<(ProtocolTransport Transport, TProtocol Protocol)> ConnectProtocolAsync<TProtocol>(
        this INetwork network,
        Func<TProtocol> factory,
        EndPoint remote,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    )
        where TProtocol : StreamProtocol
    {
        ArgumentNullException.ThrowIfNull(factory);
        // Back in the caller's context: that is where the callbacks belong.
        Connection connection = await network
            .OpenConnectionAsync(remote, options, cancellationToken)
            .ConfigureAwait(true);
        return ConnectionProtocolTransport.Start(connection, factory);
    }

    /// <summary>Serves with protocols of callbacks. Clause P-17.</summary>
    /// <param name="network">Where.</param>
    /// <param name="factory">Makes a protocol for each connection. What it throws aborts that connection and is reported.</param>
    /// <param name="host">A name or an address of this place; null or empty for all of them.</param>
    /// <param name="port">0 to 65535; 0 takes any free port.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">The address could not be bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is no host: clause C-OPEN-13.</exception>
    public static ValueTask<StreamServer> StartProtocolServerAsync(
        this INetwork network,
        Func<StreamProtocol> factory,
        string? host = null,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(ToHandler(factory), host, port, options, cancellationToken);

    /// <summary>Serves at several hosts with protocols of callbacks. Clauses P-17, C-SRV-05.</summary>
    /// <param name="network">Where.</param>
    /// <param name="factory">Makes a protocol for each connection. What it throws aborts that connection and is reported.</param>
    /// <param name="hosts">Names or addresses of this place, at least one. Those that it does not have are left out, as long as one remains.</param>
    /// <param name="port">0 to 65535; 0 takes any free port for each address.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">An address could not be bound, or none is of this place; nothing stays bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    /// <exception cref="ArgumentException"><paramref name="hosts"/> is empty, or one of them is.</exception>
    public static ValueTask<StreamServer> StartProtocolServerAsync(
        this INetwork network,
        Func<StreamProtocol> factory,
        IReadOnlyList<string> hosts,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(ToHandler(factory), hosts, port, options, cancellationToken);

    /// <summary>Serves at an end point with protocols of callbacks. Clause P-17.</summary>
    /// <param name="network">Where.</param>
    /// <param name="factory">Makes a protocol for each connection. What it throws aborts that connection and is reported.</param>
    /// <param name="local">An end point of this place, of any kind that the network knows.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">It could not be bound.</exception>
    public static ValueTask<StreamServer> StartProtocolServerAsync(
        this INetwork network,
        Func<StreamProtocol> factory,
        EndPoint local,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(ToHandler(factory), local, options, cancellationToken);

    private static Func<Connection, Task> ToHandler(Func<StreamProtocol> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return connection => ConnectionProtocolTransport.Start(connection, factory).Transport.Completion;
    }
}
