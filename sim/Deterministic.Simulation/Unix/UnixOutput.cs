namespace Deterministic.Simulation.Unix;

/// <summary>What becomes of what an end of a Unix connection writes. There is no way back.</summary>
internal enum UnixOutput
{
    /// <summary>The peer gets it.</summary>
    Open,

    /// <summary>This side has said that no more comes.</summary>
    Ended,

    /// <summary>It will not be read: one of the two has closed.</summary>
    Broken,
}
