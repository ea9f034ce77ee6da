using Deterministic.Streams.Driving;

namespace Deterministic.Streams.Protocols;

/// <summary>Callbacks on a connection that exists already.</summary>
public static class ProtocolExtensions
{
    /// <summary>Gives a connection to a protocol of callbacks. Clauses P-17, P-23.</summary>
    /// <remarks>
    /// Any connection will do: one over a socket that was handed over, over a stream or a pipe, or one on which a program has read and written before. What its reader
    /// holds is the first data that the protocol receives. From here on the connection is the protocol's: it is read and written through the transport only, and is
    /// gone when <see cref="ProtocolTransport.Completion"/> ends.
    /// </remarks>
    /// <param name="connection">Which; no read of it is under way.</param>
    /// <param name="factory">Makes the protocol. If it throws, or returns null, the connection is aborted.</param>
    /// <returns>The transport and the protocol, whose <see cref="StreamProtocol.ConnectionMade"/> has returned.</returns>
    /// <exception cref="InvalidOperationException"><paramref name="factory"/> returned null.</exception>
    public static (ProtocolTransport Transport, TProtocol Protocol) StartProtocol<TProtocol>(
        this Connection connection,
        Func<TProtocol> factory
    )
        where TProtocol : StreamProtocol
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(factory);
        return ConnectionProtocolTransport.Start(connection, factory);
    }
}
