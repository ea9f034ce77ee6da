namespace Deterministic.Conformance;

/// <summary>The outcomes of the format.</summary>
internal enum OutcomeKind
{
    /// <summary><c>ok</c>: bytes, or null where nothing is returned.</summary>
    Ok,

    /// <summary><c>end</c>: the iterator is finished.</summary>
    End,

    /// <summary><c>incomplete</c>: end of file before enough came.</summary>
    Incomplete,

    /// <summary><c>overrun</c>: a message over the limit.</summary>
    Overrun,

    /// <summary><c>exception</c>: the connection was lost.</summary>
    Exception,

    /// <summary><c>error</c>: one of a few names.</summary>
    Error,
}
