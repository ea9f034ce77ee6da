using System.Net.Sockets;

namespace Deterministic.Sockets.Tuning;

/// <summary>The states of TCP (RFC 9293) as Linux numbers them in <c>tcp_info</c>, of those that come after an end of file.</summary>
internal enum KernelTcpState
{
    /// <summary>Our end of file, or something before it, is not acknowledged.</summary>
    FinWait1 = 4,

    /// <summary>All is acknowledged; the peer's half is open.</summary>
    FinWait2 = 5,

    /// <summary>All is acknowledged both ways.</summary>
    TimeWait = 6,

    /// <summary>Over: all was acknowledged, or the connection is lost.</summary>
    Close = 7,

    /// <summary>The peer has ended its half; ours is open.</summary>
    CloseWait = 8,

    /// <summary>As <see cref="FinWait1"/>, where the peer had ended its half before.</summary>
    LastAck = 9,

    /// <summary>As <see cref="FinWait1"/>, where the peer ended its half at the same time.</summary>
    Closing = 11,
}
