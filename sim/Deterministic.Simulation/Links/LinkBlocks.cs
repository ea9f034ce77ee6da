namespace Deterministic.Simulation.Links;

/// <summary>What is asked of a link at the same time: by the scenario, and by any number of faults. The worst of it counts.</summary>
internal sealed class LinkBlocks
{
    private readonly List<LinkState> _faults = [];
    private LinkState _set;

    public LinkState State
    {
        get
        {
            LinkState worst = _set;
            foreach (LinkState fault in _faults)
            {
                worst = fault > worst ? fault : worst;
            }

            return worst;
        }
    }

    /// <summary>What the scenario asks for, in place of what it asked for before.</summary>
    public void Set(LinkState state) => _set = state;

    public void Add(LinkState state) => _faults.Add(state);

    public void Remove(LinkState state) => _faults.Remove(state);
}
