namespace Deterministic.Simulation.Tcp;

/// <summary>What moves a <see cref="TcpState"/>.</summary>
internal enum TcpInput
{
    /// <summary>The other side's part of the handshake arrived.</summary>
    Established,

    /// <summary>The program ends its half.</summary>
    Shutdown,

    /// <summary>The peer's FIN arrived, and all before it.</summary>
    FinReceived,

    /// <summary>The peer has acknowledged our FIN.</summary>
    FinAcknowledged,

    /// <summary>A reset came or went, retransmissions are exhausted, or the last wait is over.</summary>
    Ended,
}
