namespace Deterministic.Simulation;

/// <summary>What something on the way has made of the half that an end sends in.</summary>
internal enum CutState
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It has ended it, and the program does not know.</summary>
    Ended,

    /// <summary>The program has sent more, and was told that it is reset.</summary>
    Answered,
}
