namespace Deterministic.Simulation;

/// <summary>Something that befalls a host.</summary>
/// <param name="host">Which.</param>
/// <param name="does">What is done.</param>
/// <param name="undoes">How it is undone.</param>
internal sealed class HostDeed(SimulatedHost host, Action<SimulatedHost> does, Action<SimulatedHost> undoes) : Deed
{
    public override void Do() => does(host);

    public override void Undo() => undoes(host);
}
