using System.Net;

namespace Deterministic.Streams;

/// <summary>Which connection failed, and how: for <see cref="StreamServer.ConnectionFailed"/>.</summary>
/// <param name="error">What the handler threw, or why the TLS handshake before it failed.</param>
/// <param name="localEndPoint">The server's end.</param>
/// <param name="remoteEndPoint">The client's end.</param>
public sealed class ConnectionFailedEventArgs(Exception error, EndPoint? localEndPoint, EndPoint? remoteEndPoint)
    : EventArgs
{
    /// <summary>What the handler threw, or why the TLS handshake before it failed.</summary>
    public Exception Error => error;

    /// <summary>The server's end of the connection, or null where there is none.</summary>
    public EndPoint? LocalEndPoint => localEndPoint;

    /// <summary>The client's end of the connection, or null where there is none.</summary>
    public EndPoint? RemoteEndPoint => remoteEndPoint;
}
