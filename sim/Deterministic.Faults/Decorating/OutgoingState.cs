namespace Deterministic.Faults.Decorating;

/// <summary>What becomes of what the program sends.</summary>
internal enum OutgoingState
{
    /// <summary>It is sent.</summary>
    Open,

    /// <summary>The program has ended its half.</summary>
    Ended,

    /// <summary>A fault has ended its half: what is sent now is answered with a reset.</summary>
    Cut,

    /// <summary>It was sent after that, and the reset is on its way.</summary>
    Answered,

    /// <summary>It vanishes, silently.</summary>
    Dark,

    /// <summary>The connection is lost.</summary>
    Lost,
}
