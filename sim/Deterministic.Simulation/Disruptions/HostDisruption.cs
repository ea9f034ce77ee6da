namespace Deterministic.Simulation.Disruptions;

/// <summary>A disruption of a host.</summary>
/// <param name="host">Which.</param>
/// <param name="does">What is done.</param>
/// <param name="undoes">How it is undone.</param>
internal sealed class HostDisruption(SimulatedHost host, Action<SimulatedHost> does, Action<SimulatedHost> undoes)
    : Disruption
{
    public override void Do() => does(host);

    public override void Undo() => undoes(host);
}
