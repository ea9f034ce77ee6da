namespace Deterministic.Simulation;

/// <summary>How far the ends of the two halves have got, seen from one end of a simulated connection.</summary>
internal enum HalfState
{
    /// <summary>More may come.</summary>
    Open,

    /// <summary>It has ended in good order.</summary>
    Ended,
}
