namespace Deterministic.Core;

/// <summary>What happens to a write that would leave more bytes unsent than is allowed. Clauses W-MAX-01, W-MAX-02.</summary>
public enum UnsentOverflow
{
    /// <summary>The write throws an <see cref="InvalidOperationException"/>. None of its bytes is taken, and the connection stays usable.</summary>
    FailWrite,

    /// <summary>The connection is aborted and counts as lost: the write returns, and reads, drains and waits for the close throw a <see cref="ConnectionException"/> of kind <see cref="ConnectionErrorKind.Aborted"/>.</summary>
    AbortConnection,
}
