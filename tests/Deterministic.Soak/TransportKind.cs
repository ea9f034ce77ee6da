namespace Deterministic.Soak;

/// <summary>What connections are made over.</summary>
public enum TransportKind
{
    /// <summary>TCP on the loopback address.</summary>
    Tcp,

    /// <summary>A Unix socket.</summary>
    Unix,

    /// <summary>TLS over TCP.</summary>
    Tls,
}
