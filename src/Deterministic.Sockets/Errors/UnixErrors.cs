using System.Net.Sockets;
using Deterministic.Core;

namespace Deterministic.Sockets.Errors;

/// <summary>
/// Errors of Unix sockets. The runtime has only names of errors of the Internet for them (a missing file is an "address not available", a file in place of a folder
/// an "unknown socket error"), so they are described here by what they mean for a path.
/// </summary>
internal static class UnixErrors
{
    /// <summary>How long the connect to a listener whose backlog is full is repeated: as long as TCP repeats a connection request (tcp_syn_retries of 6).</summary>
    public static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(127);

    private const string Unsuitable = "a part of the path is no folder, or its file system can't have a socket there";

    /// <summary>A path or name could not be connected to.</summary>
    public static ConnectionException NotConnected(UnixDomainSocketEndPoint remote, SocketException inner)
    {
        (ConnectionErrorKind Kind, string Text)? known = inner.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable => (ConnectionErrorKind.Refused, "no such file, so nobody listens there"),
            SocketError.WouldBlock => (
                ConnectionErrorKind.TimedOut,
                $"its backlog was full for {ConnectPatience.TotalSeconds} s: the server does not accept"
            ),
            SocketError.ProtocolType => (ConnectionErrorKind.Other, "the socket there is none of streams"),
            SocketError.SocketError => (ConnectionErrorKind.Other, Unsuitable),
            _ => null,
        };
        return known is { } error
            ? new ConnectionException(
                error.Kind,
                $"Connect call failed ({AddressText.Of(remote)}): {error.Text}",
                inner
            )
            : SocketErrors.NotConnected(remote, inner);
    }

    /// <summary>A path or name could not be bound.</summary>
    public static ConnectionException NotBound(UnixDomainSocketEndPoint local, SocketException inner) =>
        inner.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable => NotBound(
                local,
                ConnectionErrorKind.AddressNotAvailable,
                "its folder does not exist: make it first",
                inner
            ),
            SocketError.SocketError => NotBound(local, ConnectionErrorKind.AddressNotAvailable, Unsuitable, inner),
            _ => SocketErrors.NotBound(local, inner),
        };

    /// <summary>As <see cref="NotBound(UnixDomainSocketEndPoint, SocketException)"/>, with a reason of this library's.</summary>
    public static ConnectionException NotBound(
        UnixDomainSocketEndPoint local,
        ConnectionErrorKind kind,
        string why,
        Exception? inner
    ) => new(kind, $"error while attempting to bind on address {AddressText.Of(local)}: {why}", inner);
}
