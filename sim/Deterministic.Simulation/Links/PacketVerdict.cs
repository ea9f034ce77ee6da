namespace Deterministic.Simulation.Links;

/// <summary>What becomes of a packet that is sent.</summary>
internal enum PacketVerdict
{
    /// <summary>It arrives.</summary>
    Passes,

    /// <summary>It waits for the link to be healed.</summary>
    Held,

    /// <summary>It never arrives.</summary>
    Lost,
}
