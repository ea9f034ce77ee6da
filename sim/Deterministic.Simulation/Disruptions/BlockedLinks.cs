namespace Deterministic.Simulation.Disruptions;

/// <summary>Links that hold or lose what they carry, for a while.</summary>
internal sealed class BlockedLinks(IReadOnlyList<SimulatedLink> links, LinkState state) : Disruption
{
    public override void Do()
    {
        foreach (SimulatedLink link in links)
        {
            link.Block(state);
        }
    }

    public override void Undo()
    {
        foreach (SimulatedLink link in links)
        {
            link.Unblock(state);
        }
    }
}
