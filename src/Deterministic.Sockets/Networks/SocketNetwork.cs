using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets;

/// <summary>The real network of this machine: TCP over IPv4 and IPv6. Safe to use from any thread.</summary>
/// <remarks>
/// Connected and accepted sockets send small writes at once (no-delay: clause W-INFO-03). IPv6 sockets that listen take IPv6 only (C-SRV-03).
/// Where a name has several addresses they are tried in the resolver's order, one at a time (C-OPEN-06).
/// </remarks>
/// <param name="timeProvider">The time of this place; the machine's if null.</param>
public sealed class SocketNetwork(TimeProvider? timeProvider = null) : INetwork
{
    /// <summary>One for everybody, on the machine's time.</summary>
    public static SocketNetwork Default { get; } = new();

    /// <inheritdoc/>
    public TimeProvider TimeProvider { get; } = timeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="remote"/> is of a kind that is not supported here.</exception>
    /// <exception cref="ConnectionException">No address answered; if several failed, each is named in the message.</exception>
    public async ValueTask<Transport> ConnectAsync(
        EndPoint remote,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(remote);
        cancellationToken.ThrowIfCancellationRequested();
        IPEndPoint[] addresses = await AddressList.ForConnectAsync(remote, cancellationToken).ConfigureAwait(false);
        Socket socket = await SequentialConnect.RunAsync(addresses, cancellationToken).ConfigureAwait(false);
        try
        {
            return new SocketTransport(socket, TimeProvider);
        }
        catch (SocketException error)
        {
            // Lost again already.
            socket.Dispose();
            throw SocketErrors.NotConnected(remote, error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="local"/> is of a kind that is not supported here.</exception>
    public async ValueTask<IReadOnlyList<TransportListener>> BindAsync(
        EndPoint local,
        ServerOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        IPEndPoint[] addresses = await AddressList.ForBindAsync(local, cancellationToken).ConfigureAwait(false);
        return Binding.Bind(addresses, options, TimeProvider);
    }

    /// <summary>Takes over a socket that is connected already. Clauses C-OPEN-02, C-OPEN-05.</summary>
    /// <param name="socket">A connected stream socket. The connection owns it from here on, makes it non-blocking, and closes it.</param>
    /// <param name="options">How to buffer; the defaults if null.</param>
    /// <exception cref="ArgumentException"><paramref name="socket"/> is no connected stream socket; it stays the caller's.</exception>
    /// <exception cref="ConnectionException">The connection was lost before it could be taken over; the socket stays the caller's.</exception>
    public Connection OpenConnection(Socket socket, ConnectionOptions? options = null)
    {
        OpenSocket.ThrowIfUnusable(socket);
        try
        {
            return Connection.Attach(new SocketTransport(socket, TimeProvider), options);
        }
        catch (SocketException error)
        {
            throw SocketErrors.Lost(error.SocketErrorCode);
        }
    }
}
