namespace Deterministic.Simulation.Disruptions;

/// <summary>A clock is set. It stays so: nobody sets it right when faults are over.</summary>
/// <param name="clock">Whose.</param>
/// <param name="by">How far; negative for back.</param>
internal sealed class ClockStep(HostClock clock, TimeSpan by) : Disruption
{
    public override bool Remains => true;

    public override void Do() => clock.Step(by);

    public override void Undo() { }
}
