namespace Deterministic.Faults.Decorating;

/// <summary>What becomes of what the peer sends.</summary>
internal enum IncomingState
{
    /// <summary>It is received.</summary>
    Open,

    /// <summary>The program has been told the end, or the loss.</summary>
    Ended,

    /// <summary>A fault has ended it: what the peer sends now resets the connection.</summary>
    Cut,

    /// <summary>It is not received, silently.</summary>
    Dark,

    /// <summary>A fault has made this side lose the connection: the peer is told once it sends more.</summary>
    Forgotten,
}
