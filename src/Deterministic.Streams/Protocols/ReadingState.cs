namespace Deterministic.Streams.Protocols;

/// <summary>Whether a protocol receives.</summary>
internal enum ReadingState
{
    /// <summary>It does.</summary>
    Flowing,

    /// <summary>It is paused by the program.</summary>
    Paused,

    /// <summary>The connection is gone; what had arrived is still received.</summary>
    Ended,

    /// <summary>The connection is gone, and the protocol was paused: what was held back is dropped.</summary>
    Dropped,
}
