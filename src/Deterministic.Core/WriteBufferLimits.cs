namespace Deterministic.Core;

/// <summary>The watermarks of a write buffer, in bytes. Clauses W-WM-01 to W-WM-03.</summary>
/// <remarks>Writing pauses when more than <see cref="High"/> is queued and resumes at or below <see cref="Low"/>.</remarks>
public readonly record struct WriteBufferLimits
{
    /// <summary>The documented high watermark, 64 KiB.</summary>
    public const int DefaultHigh = 64 * 1024;

    /// <summary>How many times the low watermark the high one is, where only one is given.</summary>
    private const int Ratio = 4;

    private WriteBufferLimits(int high, int low)
    {
        High = high;
        Low = low;
    }

    /// <summary>64 KiB and 16 KiB.</summary>
    public static WriteBufferLimits Default { get; } = Create();

    /// <summary>Above this, writing pauses.</summary>
    public int High { get; }

    /// <summary>At or below this, writing resumes.</summary>
    public int Low { get; }

    /// <summary>Fills in what is not given: a low mark is a quarter of the high one, a high mark four times the low one.</summary>
    /// <param name="high">The high watermark in bytes, or null.</param>
    /// <param name="low">The low watermark in bytes, or null.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not high ≥ low ≥ 0.</exception>
    public static WriteBufferLimits Create(int? high = null, int? low = null)
    {
        int top = high ?? (low is { } given ? (int)Math.Min((long)given * Ratio, int.MaxValue) : DefaultHigh);
        int bottom = low ?? top / Ratio;
        return top >= bottom && bottom >= 0
            ? new WriteBufferLimits(top, bottom)
            : throw new ArgumentOutOfRangeException(
                low is null ? nameof(high) : nameof(low),
                $"high ({top}) must be >= low ({bottom}) must be >= 0"
            );
    }
}
