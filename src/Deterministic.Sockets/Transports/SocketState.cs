namespace Deterministic.Sockets.Transports;

/// <summary>Whether a transport still has its socket. There is no way back.</summary>
internal enum SocketState
{
    /// <summary>It has.</summary>
    Open,

    /// <summary>This side closed it, and waits for the peer to acknowledge what was sent.</summary>
    Lingering,

    /// <summary>This side closed or reset it.</summary>
    Closed,
}
