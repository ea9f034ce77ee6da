namespace Deterministic.Simulation;

/// <summary>The way from one host to another.</summary>
internal sealed class NetworkPath(SimulatedWorld world, SimulatedHost to)
{
    /// <summary>Where it leads.</summary>
    public SimulatedHost To => to;

    /// <summary>A packet sets out.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="flow">Of which connection.</param>
    /// <param name="delay">How long it takes.</param>
    /// <returns>False if it is lost.</returns>
    public bool TryPass(in Packet packet, TcpFlow flow, out TimeSpan delay)
    {
        delay = world.Network.DrawLatency();
        if (packet.Length > 0 || packet.Has(PacketFlags.Fin))
        {
            delay += world.Network.DrawStall(to, flow.Id);
        }

        return true;
    }
}
