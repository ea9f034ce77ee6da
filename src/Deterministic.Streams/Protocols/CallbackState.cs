namespace Deterministic.Streams.Protocols;

/// <summary>What the streams have asked of a transport of callbacks.</summary>
internal enum CallbackState
{
    /// <summary>Nothing but bytes.</summary>
    Open,

    /// <summary>To close; they wait for it.</summary>
    Closing,
}
