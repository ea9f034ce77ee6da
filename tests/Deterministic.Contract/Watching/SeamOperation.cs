namespace Deterministic.Contract;

/// <summary>The operations of a transport.</summary>
internal enum SeamOperation
{
    /// <summary>A receive.</summary>
    Receive,

    /// <summary>A send from memory that is lent until the result.</summary>
    Send,

    /// <summary>A send from memory that is lent for the call only.</summary>
    TrySend,

    /// <summary>The end of our half.</summary>
    ShutdownWrite,

    /// <summary>A close in order.</summary>
    Close,
}
