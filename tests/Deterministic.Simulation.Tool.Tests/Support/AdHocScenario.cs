namespace Deterministic.Simulation.Tool.Tests;

/// <summary>A scenario that a test makes up.</summary>
internal sealed class AdHocScenario(string name, Func<ScenarioWorld, Task> run) : Scenario
{
    public override string Name => name;

    public override string Description => "made up by a test";

    public override Task RunAsync(ScenarioWorld world) => run(world);
}
