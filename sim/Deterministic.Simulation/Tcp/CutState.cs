namespace Deterministic.Simulation.Tcp;

/// <summary>What something on the way has made of the half that an end sends in.</summary>
internal enum CutState
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It has ended it, and the program does not know.</summary>
    Ended,

    /// <summary>The program has sent more, which is lost, and the answer to that is under way.</summary>
    Met,

    /// <summary>That answer has come: to the program the connection is reset.</summary>
    Answered,
}
