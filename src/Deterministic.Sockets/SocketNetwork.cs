using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Sockets.Connecting;
using Deterministic.Sockets.Errors;
using Deterministic.Sockets.Naming;
using Deterministic.Sockets.Serving;
using Deterministic.Sockets.Transports;
using Deterministic.Sockets.Tuning;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets;

// Map of this project: this file is the entrance. Transports is one connected socket, Operations what its operations share, Watching readiness;
// Serving listens and accepts, Connecting connects, Naming resolves, Tuning sets options, Errors maps errors.

/// <summary>The real network of this machine: TCP over IPv4 and IPv6, and Unix sockets. Safe to use from any thread.</summary>
/// <remarks>
/// Connected and accepted sockets send small writes at once unless the options turn that off (no-delay: clause W-INFO-03). IPv6 sockets that listen take IPv6 only (C-SRV-03).
/// Where a name has several addresses they are tried in a race, families in turn (C-OPEN-06, C-OPEN-09), or in the resolver's order, one at a time.
/// Unix sockets know no reset: the peer of one that is aborted reads the end of the stream, unless bytes of its own were still unread here.
/// </remarks>
/// <param name="timeProvider">The time of this place; the machine's if null.</param>
public sealed class SocketNetwork(TimeProvider? timeProvider = null) : INetwork
{
    /// <summary>One for everybody, on the machine's time.</summary>
    public static SocketNetwork Default { get; } = new();

    /// <inheritdoc/>
    public TimeProvider TimeProvider { get; } = timeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="remote"/> is of a kind that is not supported here, or has a host or a path that is none.</exception>
    /// <exception cref="ConnectionException">No address answered; if several failed, each is named in the message.</exception>
    public async ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(remote);
        ArgumentNullException.ThrowIfNull(options);
        EndPointAddresses.ThrowIfInvalid(remote, nameof(remote));
        SocketTuning.ThrowIfUnsupported(options);
        cancellationToken.ThrowIfCancellationRequested();
        Socket socket = remote is UnixDomainSocketEndPoint unix
            ? await UnixConnect.RunAsync(unix, options, TimeProvider, cancellationToken).ConfigureAwait(false)
            : await TcpConnect.RunAsync(remote, options, TimeProvider, cancellationToken).ConfigureAwait(false);
        try
        {
            return new SocketTransport(socket, options, TimeProvider);
        }
        catch (SocketException error)
        {
            // Lost again already.
            socket.Dispose();
            throw SocketErrors.NotConnected(remote, error);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="local"/> is of a kind that is not supported here, or this system has not what the options ask for.</exception>
    public ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(local);
        return BindAsync([local], options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Names are resolved first: what several of them stand for is bound once.</remarks>
    /// <exception cref="ArgumentException">There is none, one is of a kind that is not supported here, or this system has not what the options ask for.</exception>
    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        IReadOnlyList<EndPoint> locals,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(locals);
        ArgumentNullException.ThrowIfNull(options);
        foreach (EndPoint local in locals)
        {
            EndPointAddresses.ThrowIfInvalid(local, nameof(locals));
        }

        SocketTuning.ThrowIfUnsupported(options);
        cancellationToken.ThrowIfCancellationRequested();
        EndPoint[] addresses = await EndPointResolver
            .ForBindAsync(locals, options, cancellationToken)
            .ConfigureAwait(false);
        return await Binding.BindAsync(addresses, options, TimeProvider).ConfigureAwait(false);
    }

    /// <summary>Takes over a socket that is connected already. Clauses C-OPEN-02, C-OPEN-05.</summary>
    /// <param name="socket">A connected stream socket. The connection owns it from here on, makes it non-blocking, and closes it.</param>
    /// <param name="options">How to buffer; the defaults if null.</param>
    /// <exception cref="ArgumentException"><paramref name="socket"/> is no connected stream socket; it stays the caller's.</exception>
    /// <exception cref="ConnectionException">The connection was lost before it could be taken over; the socket stays the caller's.</exception>
    public Connection OpenConnection(Socket socket, ConnectionOptions? options = null)
    {
        options ??= ConnectionOptions.Default;
        OpenSocket.ThrowIfNotConnected(socket);
        SocketTuning.ThrowIfUnsupported(options);
        try
        {
            return Connection.Attach(
                new SocketTransport(socket, options, TimeProvider, OpenSocket.CountRead(socket)),
                options
            );
        }
        catch (SocketException error)
        {
            throw SocketErrors.Lost(error.SocketErrorCode);
        }
    }

    /// <summary>Serves on a socket that is bound already, or listens already. Clauses C-SRV-01, C-UNIX-03, C-UNIX-05.</summary>
    /// <param name="handler">Runs once for each connection; the connection is closed in order when it returns or is cancelled, and aborted if it throws anything else.</param>
    /// <param name="socket">A bound stream socket. The server owns it from here on, and closes it; the file of a Unix socket is removed then, unless the options keep it.</param>
    /// <param name="options">How to listen and buffer; the defaults if null. Options of binding (address family, reuse) have no effect: it is bound already.</param>
    /// <exception cref="ArgumentException"><paramref name="socket"/> is no bound stream socket, or this system has not what the options ask for; it stays the caller's.</exception>
    /// <exception cref="ConnectionException">It could not listen; it is closed.</exception>
    public StreamServer StartServer(Func<Connection, Task> handler, Socket socket, ServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        options ??= ServerOptions.Default;
        OpenSocket.ThrowIfNotBound(socket);
        SocketTuning.ThrowIfUnsupported(options);
        SocketTuning.Apply(socket, options);
        SocketFile? file = socket.LocalEndPoint is UnixDomainSocketEndPoint unix
            ? SocketFile.OfServer(unix, options)
            : null;
        return StreamServer.Create(
            [new SocketListener(socket, options, TimeProvider, file)],
            handler,
            TimeProvider,
            options
        );
    }

    /// <summary>Serves on a socket that is bound already, or listens already, with a handler of readers and writers.</summary>
    /// <inheritdoc cref="StartServer(Func{Connection, Task}, Socket, ServerOptions)"/>
    public StreamServer StartServer(
        Func<AsyncStreamReader, AsyncStreamWriter, Task> handler,
        Socket socket,
        ServerOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(handler);
        return StartServer(connection => handler(connection.Reader, connection.Writer), socket, options);
    }
}
