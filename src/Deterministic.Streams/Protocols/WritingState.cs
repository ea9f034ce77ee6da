namespace Deterministic.Streams.Protocols;

/// <summary>What a protocol was told last about writing.</summary>
internal enum WritingState
{
    /// <summary>It may write.</summary>
    Flowing,

    /// <summary>It should not.</summary>
    Paused,
}
