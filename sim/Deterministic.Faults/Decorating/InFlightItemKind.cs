namespace Deterministic.Faults.Decorating;

/// <summary>What is on its way.</summary>
internal enum InFlightItemKind
{
    /// <summary>A segment.</summary>
    Data,

    /// <summary>The end of the stream.</summary>
    End,

    /// <summary>The connection is lost below.</summary>
    Failure,

    /// <summary>A fault that strikes behind what was sent before it.</summary>
    Fault,
}
