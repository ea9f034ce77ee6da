namespace Deterministic.Simulation.Links;

/// <summary>A host, to the links that lead from it and to it.</summary>
internal interface ILinkEnd
{
    string Name { get; }

    /// <summary>What passes between here and a host will be lost: connections that wait for news from there have to ask.</summary>
    void ProbePeersAt(ILinkEnd host);
}
