namespace Deterministic.Streams.Tls;

/// <summary>Whether a connection uses TLS.</summary>
internal enum TlsUpgradeState
{
    /// <summary>No.</summary>
    None,

    /// <summary>It is being started, was, or failed to: no other call may start it.</summary>
    Claimed,
}
