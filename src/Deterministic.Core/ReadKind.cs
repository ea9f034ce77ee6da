namespace Deterministic.Core;

/// <summary>What a read asks for.</summary>
public enum ReadKind
{
    /// <summary>No read.</summary>
    None,

    /// <summary>At least one byte and at most a number of bytes: <c>read(n)</c>. Clause R-READ-03.</summary>
    Some,

    /// <summary>Everything until the end of the stream: <c>read(-1)</c>. Clause R-READ-02.</summary>
    ToEnd,

    /// <summary>A line with its line feed, or what is left at the end of the stream: <c>readline()</c>. Clauses R-LINE-01, R-LINE-02.</summary>
    Line,

    /// <summary>
    /// Every whole line that has arrived, at least one, in one piece of no more bytes than the limit and the line feed (a first line that uses it up comes alone);
    /// or what is left at the end of the stream. Each line is one that <see cref="Line"/> would give.
    /// </summary>
    Lines,

    /// <summary>An exact number of bytes: <c>readexactly(n)</c>. Clause R-EXA-04.</summary>
    Exactly,

    /// <summary>A message with its separator: <c>readuntil(separator)</c>. Clause R-UNTIL-01.</summary>
    Until,

    /// <summary>Drops bytes through the next separator without buffering them: the way past an overlong line.</summary>
    Skip,

    /// <summary>Everything buffered, shown and not taken, once it is more than a number of bytes or the stream has ended. See <see cref="ReaderMachine.Consume"/>.</summary>
    Peek,
}
