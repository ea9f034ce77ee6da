namespace Deterministic.Core.Tests;

public enum ReaderStepKind
{
    /// <summary>Data is fed as a copy, or into lent memory if there is some.</summary>
    Feed,

    /// <summary>Memory is lent, and data received into it at once.</summary>
    Receive,

    /// <summary>Memory is lent, and stays lent over the steps that follow.</summary>
    Lend,

    End,

    Fail,

    Call,

    /// <summary>A look that does not wait.</summary>
    TryPeek,

    /// <summary>Some of what a look showed is done with.</summary>
    Consume,

    /// <summary>The look that waits, or the next one, ends at once.</summary>
    Interrupt,

    Cancel,
}
