namespace Deterministic.Simulation.Tracing;

/// <summary>What one end of a connection sends, and so what the trace may know of it.</summary>
internal enum ContentKind
{
    /// <summary>Bytes that are the same in every run of the tape.</summary>
    Repeatable,

    /// <summary>Ciphertext, whose keys come from outside of the world.</summary>
    Random,
}
