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
}
