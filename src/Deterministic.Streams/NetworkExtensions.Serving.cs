using System.Net;
using Deterministic.Streams.Networks;
using Deterministic.Streams.Serving;

namespace Deterministic.Streams;

/// <content>
/// Serving, with each kind of handler. The handlers that return a task come first in the choice of the compiler: an <c>async</c> lambda is one of those.
/// </content>
public static partial class NetworkExtensions
{
    /// <summary>Serves with a handler of connections. Clauses C-SRV-01, P-02, P-03.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Runs once for each connection; the connection is closed in order when it returns or is cancelled, and aborted if it throws anything else.</param>
    /// <param name="host">A name or an address of this place; null or empty for all of them.</param>
    /// <param name="port">0 to 65535; 0 takes any free port.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">The address could not be bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is no host: clause C-OPEN-13.</exception>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Func<Connection, Task> handler,
        string? host = null,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => ServerStart.RunAsync(network, handler, [ServingHosts.ToEndPoint(host, port)], options, cancellationToken);

    /// <summary>Serves at several hosts with a handler of connections. Clauses C-SRV-01, C-SRV-05.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Runs once for each connection; the connection is closed in order when it returns or is cancelled, and aborted if it throws anything else.</param>
    /// <param name="hosts">Names or addresses of this place, at least one. Those that it does not have are left out, as long as one remains.</param>
    /// <param name="port">0 to 65535; 0 takes any free port for each address.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">An address could not be bound, or none is of this place; nothing stays bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    /// <exception cref="ArgumentException"><paramref name="hosts"/> is empty, or one of them is no host: clause C-OPEN-13.</exception>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Func<Connection, Task> handler,
        IReadOnlyList<string> hosts,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => ServerStart.RunAsync(network, handler, ServingHosts.ToEndPoints(hosts, port), options, cancellationToken);

    /// <summary>Serves at an end point with a handler of connections.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Runs once for each connection; the connection is closed in order when it returns or is cancelled, and aborted if it throws anything else.</param>
    /// <param name="local">An end point of this place, of any kind that the network knows.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">It could not be bound.</exception>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Func<Connection, Task> handler,
        EndPoint local,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => ServerStart.RunAsync(network, handler, [local], options, cancellationToken);

    /// <summary>Serves with a handler of readers and writers. Clauses C-SRV-01, P-02, P-03.</summary>
    /// <inheritdoc cref="StartServerAsync(INetwork, Func{Connection, Task}, string, int, ServerOptions, CancellationToken)"/>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Func<AsyncStreamReader, AsyncStreamWriter, Task> handler,
        string? host = null,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), host, port, options, cancellationToken);

    /// <summary>Serves at several hosts with a handler of readers and writers. Clauses C-SRV-01, C-SRV-05.</summary>
    /// <inheritdoc cref="StartServerAsync(INetwork, Func{Connection, Task}, IReadOnlyList{string}, int, ServerOptions, CancellationToken)"/>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Func<AsyncStreamReader, AsyncStreamWriter, Task> handler,
        IReadOnlyList<string> hosts,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), hosts, port, options, cancellationToken);

    /// <summary>Serves at an end point with a handler of readers and writers.</summary>
    /// <inheritdoc cref="StartServerAsync(INetwork, Func{Connection, Task}, EndPoint, ServerOptions, CancellationToken)"/>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Func<AsyncStreamReader, AsyncStreamWriter, Task> handler,
        EndPoint local,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), local, options, cancellationToken);

    /// <summary>Serves with a plain handler of connections. Clauses C-SRV-01, P-02, P-03.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Called once for each connection, which stays open until it is closed or lost; it is aborted if this throws.</param>
    /// <param name="host">A name or an address of this place; null or empty for all of them.</param>
    /// <param name="port">0 to 65535; 0 takes any free port.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">The address could not be bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    /// <exception cref="ArgumentException"><paramref name="host"/> is no host: clause C-OPEN-13.</exception>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Action<Connection> handler,
        string? host = null,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), host, port, options, cancellationToken);

    /// <summary>Serves at several hosts with a plain handler of connections. Clauses C-SRV-01, C-SRV-05.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Called once for each connection, which stays open until it is closed or lost; it is aborted if this throws.</param>
    /// <param name="hosts">Names or addresses of this place, at least one. Those that it does not have are left out, as long as one remains.</param>
    /// <param name="port">0 to 65535; 0 takes any free port for each address.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">An address could not be bound, or none is of this place; nothing stays bound.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="port"/> is not a port.</exception>
    /// <exception cref="ArgumentException"><paramref name="hosts"/> is empty, or one of them is no host: clause C-OPEN-13.</exception>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Action<Connection> handler,
        IReadOnlyList<string> hosts,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), hosts, port, options, cancellationToken);

    /// <summary>Serves at an end point with a plain handler of connections.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Called once for each connection, which stays open until it is closed or lost; it is aborted if this throws.</param>
    /// <param name="local">An end point of this place, of any kind that the network knows.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">It could not be bound.</exception>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Action<Connection> handler,
        EndPoint local,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), local, options, cancellationToken);

    /// <summary>Serves with a plain handler of readers and writers. Clauses C-SRV-01, P-02, P-03.</summary>
    /// <inheritdoc cref="StartServerAsync(INetwork, Action{Connection}, string, int, ServerOptions, CancellationToken)"/>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Action<AsyncStreamReader, AsyncStreamWriter> handler,
        string? host = null,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), host, port, options, cancellationToken);

    /// <summary>Serves at several hosts with a plain handler of readers and writers. Clauses C-SRV-01, C-SRV-05.</summary>
    /// <inheritdoc cref="StartServerAsync(INetwork, Action{Connection}, IReadOnlyList{string}, int, ServerOptions, CancellationToken)"/>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Action<AsyncStreamReader, AsyncStreamWriter> handler,
        IReadOnlyList<string> hosts,
        int port = 0,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), hosts, port, options, cancellationToken);

    /// <summary>Serves at an end point with a plain handler of readers and writers.</summary>
    /// <inheritdoc cref="StartServerAsync(INetwork, Action{Connection}, EndPoint, ServerOptions, CancellationToken)"/>
    public static ValueTask<StreamServer> StartServerAsync(
        this INetwork network,
        Action<AsyncStreamReader, AsyncStreamWriter> handler,
        EndPoint local,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(HandlerForms.ToTask(handler), local, options, cancellationToken);
}
