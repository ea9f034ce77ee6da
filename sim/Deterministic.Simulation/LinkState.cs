namespace Deterministic.Simulation;

/// <summary>What a link does with packets; the worse the higher.</summary>
public enum LinkState
{
    /// <summary>They pass.</summary>
    Open,

    /// <summary>They wait until it is healed.</summary>
    Held,

    /// <summary>They are lost.</summary>
    Partitioned,
}
