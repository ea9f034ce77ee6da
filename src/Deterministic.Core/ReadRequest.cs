namespace Deterministic.Core;

/// <summary>One read, its arguments already checked. Made by the factories; the default value asks for nothing and is refused.</summary>
public readonly struct ReadRequest
{
    private ReadRequest(ReadKind kind, long count, SeparatorSet? separators)
    {
        Kind = kind;
        Count = count;
        Separators = separators;
    }

    /// <summary>Everything until the end of the stream.</summary>
    public static ReadRequest ToEnd => new(ReadKind.ToEnd, 0, null);

    /// <summary>A line with its line feed, or what is left at the end of the stream.</summary>
    public static ReadRequest Line => new(ReadKind.Line, 0, SeparatorSet.LineFeed);

    /// <summary>What to read.</summary>
    public ReadKind Kind { get; }

    /// <summary>Bytes: at most (for <see cref="ReadKind.Some"/>), exactly (for <see cref="ReadKind.Exactly"/>), or seen already (for <see cref="ReadKind.Peek"/>).</summary>
    public long Count { get; }

    /// <summary>What ends the message, for the kinds that look for a separator.</summary>
    public SeparatorSet? Separators { get; }

    /// <summary>At least one byte and at most <paramref name="count"/>; any negative number reads to the end. Clauses R-READ-01, R-READ-02.</summary>
    /// <param name="count">The largest number of bytes wanted; 0 is answered at once with nothing.</param>
    public static ReadRequest Read(long count) => count < 0 ? ToEnd : new(ReadKind.Some, count, null);

    /// <summary>Exactly <paramref name="count"/> bytes, even beyond the limit. Clauses R-EXA-01, R-EXA-03.</summary>
    /// <param name="count">The number of bytes wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static ReadRequest Exactly(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new(ReadKind.Exactly, count, null);
    }

    /// <summary>Every whole line that has arrived; at least one, or what is left at the end of the stream.</summary>
    public static ReadRequest Lines { get; } = new(ReadKind.Lines, 0, SeparatorSet.LineFeed);

    /// <summary>Everything through the first separator.</summary>
    /// <param name="separators">What ends the message.</param>
    public static ReadRequest Until(SeparatorSet separators)
    {
        ArgumentNullException.ThrowIfNull(separators);
        return new(ReadKind.Until, 0, separators);
    }

    /// <summary>Drops everything through the first separator, or to the end of the stream.</summary>
    /// <param name="separators">What ends the message.</param>
    public static ReadRequest Skip(SeparatorSet separators)
    {
        ArgumentNullException.ThrowIfNull(separators);
        return new(ReadKind.Skip, 0, separators);
    }

    /// <summary>Shows everything buffered without taking it, once that is more than was seen already, or the stream has ended.</summary>
    /// <param name="seen">How many of the buffered bytes, counted from the front, are nothing new to the caller. 0 waits for any byte.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="seen"/> is negative.</exception>
    public static ReadRequest Peek(long seen)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seen);
        return new(ReadKind.Peek, seen, null);
    }
}
