namespace Deterministic.Simulation.Links;

/// <summary>Packets of one direction of a connection that wait until their link is open.</summary>
internal interface IHeldPackets
{
    /// <summary>They leave now.</summary>
    void Release();

    /// <summary>They are lost.</summary>
    void Lose();
}
