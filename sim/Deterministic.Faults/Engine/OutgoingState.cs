namespace Deterministic.Faults.Engine;

/// <summary>What becomes of what an endpoint sends, as faults and the program have left its half of the connection.</summary>
internal enum OutgoingState
{
    /// <summary>It is sent.</summary>
    Open,

    /// <summary>The program has ended its half.</summary>
    Ended,

    /// <summary>A fault has ended the half, and the program does not know: the next write is answered with a reset.</summary>
    Cut,

    /// <summary>The program has written after that, and the reset is on its way.</summary>
    Answered,

    /// <summary>It is lost on the way, without a sign.</summary>
    Blackholed,

    /// <summary>The connection is lost, and the program knows or is about to.</summary>
    Lost,
}
