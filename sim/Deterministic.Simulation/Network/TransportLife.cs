namespace Deterministic.Simulation;

/// <summary>How one end of a simulated connection stands.</summary>
internal enum TransportLife
{
    /// <summary>In use.</summary>
    Open,

    /// <summary>The peer's reset has arrived; what arrived before it can still be received.</summary>
    Reset,

    /// <summary>Closed by its own program; whatever arrives from now on is answered with a reset.</summary>
    Closed,
}
