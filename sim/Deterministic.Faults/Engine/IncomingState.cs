namespace Deterministic.Faults.Engine;

/// <summary>What becomes of what the peer of an endpoint sends, as faults and the peer have left its half of the connection.</summary>
internal enum IncomingState
{
    /// <summary>The program receives it.</summary>
    Open,

    /// <summary>The stream has ended, or the connection is lost, for the program.</summary>
    Ended,

    /// <summary>A fault has ended the half: what the peer sends now resets the connection.</summary>
    Cut,

    /// <summary>It is lost on the way, without a sign.</summary>
    Blackholed,

    /// <summary>This endpoint has lost its state, as after a power cut: the peer is reset when it sends more.</summary>
    Forgotten,
}
