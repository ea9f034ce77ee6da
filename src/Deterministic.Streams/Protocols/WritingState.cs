namespace Deterministic.Streams.Protocols;

/// <summary>Whether writing is paused, as the protocol was last notified.</summary>
internal enum WritingState
{
    /// <summary>It may write.</summary>
    Flowing,

    /// <summary>It should not.</summary>
    Paused,
}
