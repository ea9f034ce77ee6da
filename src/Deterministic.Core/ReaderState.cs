namespace Deterministic.Core;

/// <summary>The state of a reader's stream. End of file and a stored exception are independent: clauses R-EOF-03, R-EXC-01.</summary>
public enum ReaderState
{
    /// <summary>More may come.</summary>
    Open,

    /// <summary>The stream has ended; what is buffered can still be read.</summary>
    Ended,

    /// <summary>An exception is stored; every read raises it.</summary>
    Failed,

    /// <summary>An exception is stored, and the stream has ended too.</summary>
    EndedAndFailed,
}
