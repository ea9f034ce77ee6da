namespace Deterministic.Streams.Tls;

/// <summary>The state of a connection over TLS. There is no way back.</summary>
internal enum TlsState
{
    /// <summary>Operations wait for the end of the handshake.</summary>
    Handshaking,

    /// <summary>Usable.</summary>
    Established,

    /// <summary>The program closed it, or was closed by the peer: only the close_notify alerts are exchanged.</summary>
    Closing,

    /// <summary>The handshake failed; the streams get the error and will abort.</summary>
    Failed,

    /// <summary>Over. Operations under way end, and the last of them takes the session along.</summary>
    Closed,
}
