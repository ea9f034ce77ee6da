namespace Deterministic.Simulation;

/// <summary>What travels on a line.</summary>
internal enum SegmentKind
{
    /// <summary>Bytes.</summary>
    Data,

    /// <summary>The sender's half has ended.</summary>
    Fin,

    /// <summary>The connection is no more.</summary>
    Reset,
}
