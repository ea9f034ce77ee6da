using Deterministic.Streams.Naming;

namespace Deterministic.Streams;

/// <summary>Connecting and serving at Unix sockets: asyncio's <c>open_unix_connection</c> and <c>start_unix_server</c>.</summary>
/// <remarks>
/// A path that begins with a NUL byte is an abstract name, which Linux has: it has no file, and is free again with its socket. No other path has a NUL in it. A network without Unix sockets throws
/// a <see cref="NotSupportedException"/>.
/// </remarks>
public static class UnixNetworkExtensions
{
    /// <summary>Connects to a path. Clauses C-UNIX-01, C-UNIX-06.</summary>
    /// <param name="network">Where from.</param>
    /// <param name="path">A socket file, or an abstract name.</param>
    /// <param name="options">How it is made and buffers; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    /// <exception cref="Core.ConnectionException">The connection could not be made.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, longer than the system takes, or has a NUL in it.</exception>
    public static ValueTask<Connection> OpenUnixConnectionAsync(
        this INetwork network,
        string path,
        ClientOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.OpenConnectionAsync(UnixAddress.Of(path), options, cancellationToken);

    /// <summary>Serves at a path with a handler of connections. Clauses C-UNIX-03 to C-UNIX-06, P-02, P-03.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Runs once for each connection; the connection is closed in order when it returns or is cancelled, and aborted if it throws anything else.</param>
    /// <param name="path">A socket file to be made, or an abstract name. A stale socket file is replaced; one in use, and any other file, is an error.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">It could not be bound.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, longer than the system takes, or has a NUL in it.</exception>
    public static ValueTask<StreamServer> StartUnixServerAsync(
        this INetwork network,
        Func<Connection, Task> handler,
        string path,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(handler, UnixAddress.Of(path), options, cancellationToken);

    /// <summary>Serves at a path with a handler of readers and writers. Clauses C-UNIX-03 to C-UNIX-06, P-02, P-03.</summary>
    /// <inheritdoc cref="StartUnixServerAsync(INetwork, Func{Connection, Task}, string, ServerOptions, CancellationToken)"/>
    public static ValueTask<StreamServer> StartUnixServerAsync(
        this INetwork network,
        Func<AsyncStreamReader, AsyncStreamWriter, Task> handler,
        string path,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(handler, UnixAddress.Of(path), options, cancellationToken);

    /// <summary>Serves at a path with a plain handler of connections. Clauses C-UNIX-03 to C-UNIX-06, P-02, P-03.</summary>
    /// <param name="network">Where.</param>
    /// <param name="handler">Called once for each connection, which stays open until it is closed or lost; it is aborted if this throws.</param>
    /// <param name="path">A socket file to be made, or an abstract name. A stale socket file is replaced; one in use, and any other file, is an error.</param>
    /// <param name="options">How to listen and buffer; the defaults if null.</param>
    /// <param name="cancellationToken">Gives the start up; has no effect once the server runs.</param>
    /// <exception cref="Core.ConnectionException">It could not be bound.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, longer than the system takes, or has a NUL in it.</exception>
    public static ValueTask<StreamServer> StartUnixServerAsync(
        this INetwork network,
        Action<Connection> handler,
        string path,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(handler, UnixAddress.Of(path), options, cancellationToken);

    /// <summary>Serves at a path with a plain handler of readers and writers. Clauses C-UNIX-03 to C-UNIX-06, P-02, P-03.</summary>
    /// <inheritdoc cref="StartUnixServerAsync(INetwork, Action{Connection}, string, ServerOptions, CancellationToken)"/>
    public static ValueTask<StreamServer> StartUnixServerAsync(
        this INetwork network,
        Action<AsyncStreamReader, AsyncStreamWriter> handler,
        string path,
        ServerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => network.StartServerAsync(handler, UnixAddress.Of(path), options, cancellationToken);
}
