namespace Deterministic.Core.Tests;

internal enum ReaderStepKind
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

    Cancel,
}
