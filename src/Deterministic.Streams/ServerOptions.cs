using System.Net.Sockets;
using Deterministic.Streams.Timing;

namespace Deterministic.Streams;

/// <summary>How a server listens and how its connections buffer. Checked when set, so that a mistake shows where it is made.</summary>
public record ServerOptions : ConnectionOptions
{
    /// <summary>The documented defaults.</summary>
    public static new ServerOptions Default { get; } = new();

    /// <summary>How many connections may wait to be accepted; Linux, and the simulated network, take one more. 100. Clause C-SRV-10.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int Backlog
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 100;

    /// <summary>
    /// The most connections that are served at once; null for no bound. At the bound the server accepts no more until one is gone: the next wait in the backlog.
    /// Connections whose TLS handshake is not done do not count: <see cref="MaxHandshakes"/> bounds those. A sum of both below the process's limit of descriptors is what keeps a server alive
    /// when clients are many. Clause C-MAX-01.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int? MaxConnections
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value ?? 1, nameof(value));
            field = value;
        }
    }

    /// <summary>
    /// The most TLS handshakes under way at once, for a server with <see cref="Tls"/>; null for no bound. 1,000. At the bound the server accepts no more until a handshake is done, has failed, or
    /// has taken five seconds: then the oldest is aborted, and reported as of kind <see cref="Core.ConnectionErrorKind.TimedOut"/>. So silent clients keep others out for no longer
    /// than that. Each handshake is also bounded by <see cref="TlsOptions.HandshakeTimeout"/>. Clause C-MAX-02.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int? MaxHandshakes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value ?? 1, nameof(value));
            field = value;
        }
    } = 1000;

    /// <summary>
    /// How long a connection may stay open without a byte received from the client or taken by the network, in the time of the network; null, or <see cref="Timeout.InfiniteTimeSpan"/>, for ever,
    /// which is the default. When it has passed, the connection is aborted and reported to <see cref="OnError"/>, and its reads and drains throw a <see cref="Core.ConnectionException"/> of kind
    /// <see cref="Core.ConnectionErrorKind.TimedOut"/>.
    /// </summary>
    /// <remarks>
    /// Only bytes count, over TLS those of ciphertext, whatever delays them: also a handler that works for so long without writing, or does not read; also after one half was ended; and while a
    /// close still sends. The time begins when the connection is accepted, over TLS when the handshake is done. Clauses S-IDLE-01, S-IDLE-02.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan? IdleTimeout
    {
        get;
        init => field = TimeOuts.PositiveOrNone(value);
    }

    /// <summary>Only addresses of this family are bound; unspecified for any.</summary>
    public AddressFamily AddressFamily { get; init; }

    /// <summary>Whether an address may be bound while connections of an earlier server on it linger (<c>SO_REUSEADDR</c>). Null is yes where that means what POSIX means, and no elsewhere. Clause C-SRV-04.</summary>
    public bool? ReuseAddress { get; init; }

    /// <summary>Whether several servers may share an address, each getting a part of the connections (<c>SO_REUSEPORT</c>). False. Where the system has no such thing, true is an error.</summary>
    public bool ReusePort { get; init; }

    /// <summary>Whether closing a server on a Unix path removes its socket file, if it is still its own. True. Clause C-UNIX-05.</summary>
    public bool RemoveSocketFile { get; init; } = true;

    /// <summary>
    /// How each accepted connection speaks TLS from its first byte; null for none. The handler is called once the handshake is done. One that fails is reported to
    /// <see cref="OnError"/>, and closes its connection only. Clauses C-SRV-01, C-SRV-07.
    /// </summary>
    public TlsServerOptions? Tls { get; init; }

    /// <summary>Whether to listen at once; false only binds, until <see cref="StreamServer.StartServing"/>. Clause C-SRV-06.</summary>
    public bool StartServing { get; init; } = true;

    /// <summary>
    /// Called with each exception that a handler did not catch, other than a cancellation, or that accepting met; with each TLS handshake that failed; and with each time-out of this side that
    /// ended a connection, also one in the handler or after it. Each of them once: a handler that throws what a time-out ended its connection with is not reported again.
    /// The failing connection is aborted, no other is touched.
    /// Called on the thread that failed, before <see cref="StreamServer.ConnectionFailed"/>; what it throws is counted in <see cref="StreamServer.FailureCount"/> and has no other effect. In a simulated run what handlers, and this, throw fails the run. Clauses P-06, S-FAIL-01.
    /// </summary>
    public Action<Exception>? OnError { get; init; }
}
