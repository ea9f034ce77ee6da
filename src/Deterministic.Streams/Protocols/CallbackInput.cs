namespace Deterministic.Streams.Protocols;

/// <summary>What callbacks still bring.</summary>
internal enum CallbackInput
{
    /// <summary>Bytes.</summary>
    Open,

    /// <summary>The peer has ended its half: no more bytes.</summary>
    Ended,

    /// <summary>The connection is gone: nothing.</summary>
    Lost,
}
