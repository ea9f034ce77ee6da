using Deterministic.Core;

namespace Deterministic.Faults.Engine;

/// <summary>How operations on a connection fail, of whichever kind it is: in the words of the system, so that a program reads here what it reads there.</summary>
internal static class ConnectionErrors
{
    /// <summary>ECONNRESET: the peer has reset the connection, or something on the way has in its name.</summary>
    public static ConnectionException ResetByPeer() => new(ConnectionErrorKind.Reset, "Connection reset by peer");

    /// <summary>EPIPE: what is written will not be read.</summary>
    public static ConnectionException BrokenPipe() => new(ConnectionErrorKind.BrokenPipe, "Broken pipe");

    /// <summary>EADDRNOTAVAIL: no ephemeral port is free.</summary>
    /// <param name="host">The name of the host that connects or binds.</param>
    public static ConnectionException NoFreePort(string host) =>
        new(
            ConnectionErrorKind.AddressNotAvailable,
            $"Cannot assign requested address: the host '{host}' has no free port left."
        );

    /// <summary>The program has closed the connection itself.</summary>
    public static ConnectionException ClosedHere() =>
        new(ConnectionErrorKind.Aborted, "The connection was closed on this side.");
}
