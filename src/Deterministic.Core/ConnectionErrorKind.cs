namespace Deterministic.Core;

/// <summary>Why a connection could not be made or was lost; the same in every world.</summary>
public enum ConnectionErrorKind
{
    /// <summary>Anything else: see the message and the inner exception.</summary>
    Other,

    /// <summary>The peer reset the connection (ECONNRESET), or it is already lost.</summary>
    Reset,

    /// <summary>This side aborted the connection (ECONNABORTED).</summary>
    Aborted,

    /// <summary>The peer no longer takes data (EPIPE).</summary>
    BrokenPipe,

    /// <summary>Nothing listens at that address (ECONNREFUSED).</summary>
    Refused,

    /// <summary>The peer did not answer in time (ETIMEDOUT).</summary>
    TimedOut,

    /// <summary>No route leads to that address (ENETUNREACH, EHOSTUNREACH).</summary>
    Unreachable,

    /// <summary>The name has no address.</summary>
    NameNotResolved,

    /// <summary>The address is in use (EADDRINUSE).</summary>
    AddressInUse,

    /// <summary>That address is not of this host (EADDRNOTAVAIL).</summary>
    AddressNotAvailable,

    /// <summary>The operating system forbids it (EACCES, EPERM).</summary>
    AccessDenied,

    /// <summary>Out of file descriptors, ports or memory (EMFILE, ENFILE, ENOBUFS, ENOMEM).</summary>
    ResourcesExhausted,

    /// <summary>The peer's TLS certificate was not accepted here: expired, for another name, of an unknown issuer, revoked.</summary>
    CertificateRejected,

    /// <summary>The TLS handshake failed: the peer does not speak TLS, accepts nothing that is offered, or refused.</summary>
    TlsHandshakeFailed,

    /// <summary>TLS failed after its handshake: the data is damaged, or the peer aborted with an alert.</summary>
    TlsFailed,

    /// <summary>The stream was cut off: it ended without the peer's close_notify (of TLS).</summary>
    Truncated,
}
