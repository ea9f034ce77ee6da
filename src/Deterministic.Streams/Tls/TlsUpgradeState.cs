namespace Deterministic.Streams.Tls;

/// <summary>Whether a connection has come to use TLS.</summary>
internal enum TlsUpgradeState
{
    /// <summary>No.</summary>
    None,

    /// <summary>It is being started, was, or failed to: nobody else may.</summary>
    Claimed,
}
