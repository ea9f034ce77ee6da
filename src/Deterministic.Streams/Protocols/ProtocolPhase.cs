namespace Deterministic.Streams.Protocols;

/// <summary>The state of a protocol's connection, from the protocol's side.</summary>
internal enum ProtocolPhase
{
    /// <summary>Data is received.</summary>
    Open,

    /// <summary>The protocol, or a callback that threw, has ended it: no data is received any more.</summary>
    Closing,

    /// <summary>The last callback was called, or is.</summary>
    Lost,
}
