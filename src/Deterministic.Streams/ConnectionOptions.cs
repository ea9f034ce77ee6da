using Deterministic.Core;
using Deterministic.Streams.Timing;

namespace Deterministic.Streams;

/// <summary>How a connection buffers. Checked when set, so that a mistake shows where it is made.</summary>
public record ConnectionOptions
{
    /// <summary>The documented defaults.</summary>
    public static ConnectionOptions Default { get; } = new();

    /// <summary>The reader's limit in bytes: the longest line, and the measure of flow control. 64 KiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive: clause R-CTOR-02.</exception>
    public int Limit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = ReaderMachine.DefaultLimit;

    /// <summary>The writer's watermarks. 64 KiB and 16 KiB.</summary>
    public WriteBufferLimits WriteBufferLimits { get; init; } = WriteBufferLimits.Default;

    /// <summary>
    /// The most bytes that may be written and not yet taken by the network, plain or over TLS; null for no bound. Null, as a program may write whatever it has in one piece; a server that strangers
    /// can reach should set it. A write that would exceed it is taken whole or not at all: <see cref="UnsentOverflow"/> chooses what happens then. Half of it bounds the high watermark of
    /// <see cref="WriteBufferLimits"/>, so that a program that awaits <see cref="AsyncStreamWriter.DrainAsync"/> before each write always has room for at least half. Clauses W-MAX-01 to W-MAX-03.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long? MaxUnsentBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value ?? 1, nameof(value));
            field = value;
        }
    }

    /// <summary>What happens to a write that <see cref="MaxUnsentBytes"/> leaves no room for. It throws, and the connection stays usable; or else the connection is aborted. Clauses W-MAX-01, W-MAX-02.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not defined.</exception>
    public UnsentOverflow UnsentOverflow
    {
        get;
        init
        {
            if (value is not (UnsentOverflow.FailWrite or UnsentOverflow.AbortConnection))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value),
                    value,
                    "There is no such way to treat a write without room."
                );
            }

            field = value;
        }
    }

    /// <summary>
    /// How long a close may make no progress, in the time of the network: not a byte of what is queued is taken. Null, or <see cref="Timeout.InfiniteTimeSpan"/>, for as long as the peer likes. 30 s.
    /// When it has passed, the connection is aborted and its memory released, and waits for the close get a <see cref="ConnectionException"/> of kind
    /// <see cref="ConnectionErrorKind.TimedOut"/>. A slow peer gets everything as long as it continues to read; <see cref="MaxUnsentBytes"/> bounds how much that is. What the network has taken is
    /// <see cref="Linger"/>'s to bound; over TLS <see cref="TlsOptions.ShutdownTimeout"/> bounds the close. Clause W-CLOSE-06.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan? ShutdownTimeout
    {
        get;
        init => field = TimeOuts.PositiveOrNone(value);
    } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a small write goes out at once, rather than wait for more or for an acknowledgement (Nagle's algorithm). True. Clause W-INFO-03.</summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>How a peer that is gone is found out while nothing happens; null leaves it off. A world without such means ignores it.</summary>
    public KeepAliveOptions? KeepAlive { get; init; }

    /// <summary>
    /// How a close in order treats what the network has taken and the peer has not acknowledged. Null: the kernel continues to send it in the background, and the close does not wait for it.
    /// Zero: it is dropped, and the peer sees a reset. More: the close waits for it for so long, and what is left then is dropped: a wait for the close ends once the peer's side
    /// has acknowledged everything, or with a <see cref="ConnectionException"/>: of kind <see cref="ConnectionErrorKind.TimedOut"/>, or of the kind with which the connection was lost before. No thread waits meanwhile. Clause W-CLOSE-03.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? Linger
    {
        get;
        init => field = TimeOuts.NotNegative(value);
    }
}
