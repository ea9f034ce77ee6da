namespace Deterministic.Simulation.Tcp;

/// <summary>How one end of a TCP connection stands: RFC 9293, section 3.3.2. LISTEN is the listener's.</summary>
internal enum TcpState
{
    /// <summary>Nothing is left of it.</summary>
    Closed,

    /// <summary>We asked for the connection.</summary>
    SynSent,

    /// <summary>We were asked, and have answered.</summary>
    SynReceived,

    /// <summary>Both may send.</summary>
    Established,

    /// <summary>We have ended our half; the peer does not know yet.</summary>
    FinWait1,

    /// <summary>We have ended our half, and the peer knows.</summary>
    FinWait2,

    /// <summary>The peer has ended its half.</summary>
    CloseWait,

    /// <summary>Both have ended, at the same time; ours is not acknowledged.</summary>
    Closing,

    /// <summary>Both have ended, the peer first; ours is not acknowledged.</summary>
    LastAck,

    /// <summary>Both have ended and know; the port is kept until no old segment can arrive any more.</summary>
    TimeWait,
}
