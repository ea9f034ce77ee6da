namespace Deterministic.Conformance;

/// <summary>Which members of the streams a player uses, where several mean the same. The answers must be the same.</summary>
internal enum StreamForm
{
    /// <summary>Reads return bytes of the caller's own; writes take a span.</summary>
    Owned,

    /// <summary>Reads lend the reader's memory; writes take a sequence in pieces.</summary>
    Borrowed,
}
