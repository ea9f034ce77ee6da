using System.IO;

namespace Deterministic.Streams;

/// <summary>An implementation of TLS: makes the handshake, encrypts and decrypts. Derive from it to replace <see cref="SslStreamEngine"/>.</summary>
/// <remarks>
/// <para>
/// The ciphertext is a stream over the connection below. A read of it waits for bytes and is 0 at the peer's end of file; a write is over once the network took all of it.
/// There is no cancellation: to give up, the streams make reads and writes of the ciphertext fail.
/// </para>
/// <para>
/// An engine awaits nothing else than the ciphertext, with <c>ConfigureAwait(false)</c>, and continues where that continues: in a simulation, on the simulator's thread.
/// It reads no further than it must, so that a stream of ciphertext that ended without close_notify can be distinguished from one that ended with it.
/// </para>
/// </remarks>
public abstract class TlsEngine
{
    /// <summary>Makes the handshake as a client.</summary>
    /// <param name="ciphertext">To and from the server; stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="serverName">The host whose certificate the server must show: a name in ASCII without a trailing dot, or an address without brackets or scope; empty if the program checks by itself. Sent to the server only if it is a name and <see cref="TlsClientOptions.SendServerName"/> is true.</param>
    /// <param name="timeProvider">The time of the network: what certificates are valid at.</param>
    /// <exception cref="Core.ConnectionException">Refused: of kind <see cref="Core.ConnectionErrorKind.CertificateRejected"/> where this side did not accept the other's certificate.</exception>
    public abstract ValueTask<TlsSession> ConnectAsync(
        Stream ciphertext,
        TlsClientOptions options,
        string serverName,
        TimeProvider timeProvider
    );

    /// <summary>Makes the handshake as a server.</summary>
    /// <param name="ciphertext">To and from the client; stays the caller's.</param>
    /// <param name="options">How.</param>
    /// <param name="timeProvider">The time of the network: what certificates are valid at.</param>
    /// <exception cref="Core.ConnectionException">Refused: of kind <see cref="Core.ConnectionErrorKind.CertificateRejected"/> where this side did not accept the other's certificate.</exception>
    public abstract ValueTask<TlsSession> AcceptAsync(
        Stream ciphertext,
        TlsServerOptions options,
        TimeProvider timeProvider
    );
}
