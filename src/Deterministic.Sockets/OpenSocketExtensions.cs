using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;
using Deterministic.Streams.Protocols;

namespace Deterministic.Sockets;

/// <summary>Protocols of callbacks, and plain handlers, on sockets that are open already: asyncio's <c>sock=</c>.</summary>
public static class OpenSocketExtensions
{
    /// <summary>Takes over a socket that is connected already, for a protocol of callbacks. Clauses C-OPEN-02, C-OPEN-05, P-17, P-23.</summary>
    /// <param name="network">The network whose time is used.</param>
    /// <param name="factory">Makes the protocol. If it throws, or returns null, the connection is aborted and the socket closed.</param>
    /// <param name="socket">A connected stream socket. The connection owns it from here on, makes it non-blocking, and closes it.</param>
    /// <param name="options">How to buffer; the defaults if null.</param>
    /// <returns>The transport and the protocol, whose <see cref="StreamProtocol.ConnectionMade"/> has returned.</returns>
    /// <exception cref="ArgumentException"><paramref name="socket"/> is no connected stream socket; it stays the caller's.</exception>
    /// <exception cref="ConnectionException">The connection was lost before it could be taken over; the socket stays the caller's.</exception>
    public static (ProtocolTransport Transport, TProtocol Protocol) OpenProtocol<TProtocol>(
        this SocketNetwork network,
        Func<TProtocol> factory,
        Socket socket,
        ConnectionOptions? options = null
    )
        where TProtocol : StreamProtocol
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(factory);
        return network.OpenConnection(socket, options).StartProtocol(factory);
    }

    /// <summary>Serves with protocols of callbacks on a socket that is bound already, or listens already. Clauses C-SRV-01, C-UNIX-03, P-17, P-23.</summary>
    /// <param name="network">The network whose time is used.</param>
    /// <param name="factory">Makes a protocol for each connection. What it throws aborts that connection and is reported.</param>
    /// <param name="socket">A bound stream socket. The server owns it from here on, and closes it; the file of a Unix socket is removed then, unless the options keep it.</param>
    /// <param name="options">How to listen and buffer; the defaults if null. Options of binding (address family, reuse) have no effect: it is bound already.</param>
    /// <exception cref="ArgumentException"><paramref name="socket"/> is no bound stream socket, or this system lacks what the options ask for; it stays the caller's.</exception>
    /// <exception cref="ConnectionException">It could not listen; it is closed.</exception>
    public static StreamServer StartProtocolServer(
        this SocketNetwork network,
        Func<StreamProtocol> factory,
        Socket socket,
        ServerOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(factory);
        return network.StartServer(
            connection => connection.StartProtocol(factory).Transport.Completion,
            socket,
            options
        );
    }

    /// <summary>Serves with a plain handler of connections on a socket that is bound already, or listens already. Clauses C-SRV-01, C-UNIX-03, P-03.</summary>
    /// <param name="network">The network whose time is used.</param>
    /// <param name="handler">Called once for each connection, which stays open until it is closed or lost; it is aborted if this throws.</param>
    /// <param name="socket">A bound stream socket. The server owns it from here on, and closes it; the file of a Unix socket is removed then, unless the options keep it.</param>
    /// <param name="options">How to listen and buffer; the defaults if null. Options of binding (address family, reuse) have no effect: it is bound already.</param>
    /// <exception cref="ArgumentException"><paramref name="socket"/> is no bound stream socket, or this system lacks what the options ask for; it stays the caller's.</exception>
    /// <exception cref="ConnectionException">It could not listen; it is closed.</exception>
    public static StreamServer StartServer(
        this SocketNetwork network,
        Action<Connection> handler,
        Socket socket,
        ServerOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(handler);
        return network.StartServer(connection => RunAsync(handler, connection), socket, options);
    }

    /// <summary>Serves with a plain handler of readers and writers on a socket that is bound already, or listens already.</summary>
    /// <inheritdoc cref="StartServer(SocketNetwork, Action{Connection}, Socket, ServerOptions)"/>
    public static StreamServer StartServer(
        this SocketNetwork network,
        Action<AsyncStreamReader, AsyncStreamWriter> handler,
        Socket socket,
        ServerOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(handler);
        return network.StartServer(
            (Connection connection) => handler(connection.Reader, connection.Writer),
            socket,
            options
        );
    }

    /// <summary>A plain handler's task lasts as long as its connection, which would be closed at its end.</summary>
    private static async Task RunAsync(Action<Connection> handler, Connection connection)
    {
        handler(connection);
        try
        {
            await connection.Writer.WaitClosedAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // However the connection was lost, it is gone; the handler's own failure is thrown above.
        }
    }
}
