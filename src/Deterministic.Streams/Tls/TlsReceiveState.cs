namespace Deterministic.Streams.Tls;

/// <summary>What happens on the receiving half of a TLS session, which serves one read at a time.</summary>
internal enum TlsReceiveState
{
    /// <summary>Nothing.</summary>
    Idle,

    /// <summary>A receive of the streams.</summary>
    Receiving,

    /// <summary>The close reads what still comes, and drops it. No receive is begun any more.</summary>
    Dropping,

    /// <summary>The peer has ended its half, or nothing can come any more.</summary>
    Ended,
}
