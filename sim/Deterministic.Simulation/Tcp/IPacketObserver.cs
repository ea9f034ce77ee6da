using Deterministic.Simulation.Context;
using Deterministic.Simulation.Links;

namespace Deterministic.Simulation.Tcp;

/// <summary>Sees the packets of a world.</summary>
internal interface IPacketObserver
{
    /// <summary>A packet leaves its host.</summary>
    /// <param name="world">The world.</param>
    /// <param name="flow">The connection, as the sender sees it.</param>
    /// <param name="packet">The packet; its buffer is the sender's.</param>
    /// <param name="verdict">What the network does with it.</param>
    void PacketSent(WorldContext world, TcpFlow flow, in Packet packet, PacketVerdict verdict);
}
