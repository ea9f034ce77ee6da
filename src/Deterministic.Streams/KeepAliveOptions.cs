using Deterministic.Streams.Timing;

namespace Deterministic.Streams;

/// <summary>How a connection on which nothing happens finds out that its peer is gone.</summary>
public sealed record KeepAliveOptions
{
    /// <summary>How long the connection must be silent before the first probe. Two hours, the default of RFC 9293. Whole seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan Time
    {
        get;
        init => field = TimeOuts.Positive(value);
    } = TimeSpan.FromHours(2);

    /// <summary>How long to wait before it is asked again. 75 s. Whole seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = TimeOuts.Positive(value);
    } = TimeSpan.FromSeconds(75);

    /// <summary>How many questions may go unanswered. 9.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public int RetryCount
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            field = value;
        }
    } = 9;
}
