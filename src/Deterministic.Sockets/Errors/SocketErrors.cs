using System.Net;
using System.Net.Sockets;
using Deterministic.Core;
using Deterministic.Streams;
using Deterministic.Streams.Driving;

namespace Deterministic.Sockets.Errors;

/// <summary>
/// Maps every error of the operating system to an error of the streams. Clause E-CONN-01.
/// <para>This folder is the errors of sockets: this file for all, <see cref="UnixErrors"/> for what differs with paths.</para>
/// </summary>
internal static class SocketErrors
{
    /// <summary>An operation that this side's own close or abort cut short. Never seen by users: the streams know of the close already.</summary>
    public static TransportResult ClosedHere =>
        TransportResult.Failed(
            new ConnectionException(ConnectionErrorKind.Aborted, "The connection was closed by this side.")
        );

    public static ConnectionErrorKind KindOf(SocketError error) =>
        error switch
        {
            // ENOTCONN on a socket that was connected: the reset came first.
            SocketError.ConnectionReset
            or SocketError.NetworkReset
            or SocketError.NotConnected
            or SocketError.Disconnecting => ConnectionErrorKind.Reset,
            SocketError.ConnectionAborted or SocketError.OperationAborted or SocketError.Interrupted =>
                ConnectionErrorKind.Aborted,
            // The runtime's name for EPIPE.
            SocketError.Shutdown => ConnectionErrorKind.BrokenPipe,
            SocketError.ConnectionRefused => ConnectionErrorKind.Refused,
            SocketError.TimedOut => ConnectionErrorKind.TimedOut,
            SocketError.NetworkUnreachable
            or SocketError.HostUnreachable
            or SocketError.NetworkDown
            or SocketError.HostDown => ConnectionErrorKind.Unreachable,
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery =>
                ConnectionErrorKind.NameNotResolved,
            SocketError.AddressAlreadyInUse => ConnectionErrorKind.AddressInUse,
            // A host without IPv6 has no IPv6 address.
            SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported =>
                ConnectionErrorKind.AddressNotAvailable,
            SocketError.AccessDenied => ConnectionErrorKind.AccessDenied,
            SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.ProcessLimit =>
                ConnectionErrorKind.ResourcesExhausted,
            _ => ConnectionErrorKind.Other,
        };

    /// <summary>An established connection is lost.</summary>
    public static ConnectionException Lost(SocketError error)
    {
        SocketException inner = new((int)error);
        return new ConnectionException(KindOf(error), inner.Message, inner);
    }

    /// <summary>An address could not be connected to. The text is that of clause C-OPEN-07, and the reason.</summary>
    public static ConnectionException NotConnected(EndPoint remote, SocketException inner) =>
        Describe($"Connect call failed ({AddressText.Of(remote)})", inner);

    /// <summary>An address could not be bound. The text is that of clause C-SRV-04.</summary>
    public static ConnectionException NotBound(EndPoint local, SocketException inner) =>
        Describe($"error while attempting to bind on address {AddressText.Of(local)}", inner);

    /// <summary>A connection could not be accepted.</summary>
    public static ConnectionException NotAccepted(EndPoint local, SocketError error) =>
        Describe($"Accepting failed on {AddressText.Of(local)}", new SocketException((int)error));

    /// <summary>A name has no address, or no name server could be reached.</summary>
    public static ConnectionException NotResolved(string host, Exception inner) =>
        new(ConnectionErrorKind.NameNotResolved, $"The name '{host}' could not be resolved: {inner.Message}", inner);

    // The message of the code alone: that of the exception can repeat the address.
    private static ConnectionException Describe(string what, SocketException inner) =>
        new(KindOf(inner.SocketErrorCode), $"{what}: {new SocketException((int)inner.SocketErrorCode).Message}", inner);
}
