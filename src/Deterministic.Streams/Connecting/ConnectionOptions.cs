using Deterministic.Core;

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

    /// <summary>Whether a small write goes out at once, rather than wait for more or for an acknowledgement (Nagle's algorithm). True. Clause W-INFO-03.</summary>
    public bool NoDelay { get; init; } = true;

    /// <summary>How a peer that is gone is found out while nothing happens; null leaves it off. A world without such means ignores it.</summary>
    public KeepAliveOptions? KeepAlive { get; init; }

    /// <summary>
    /// How a close in order treats what the network has taken and the peer has not acknowledged. Null: it goes on in the background, and the close does not wait for it.
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
