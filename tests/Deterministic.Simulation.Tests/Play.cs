namespace Deterministic.Simulation.Tests;

/// <summary>A scenario as short as a test wants it.</summary>
internal sealed class Play(
    Func<ScenarioWorld, Task> body,
    string name = "play",
    IReadOnlyList<string>? reachable = null
) : Scenario
{
    public override string Name => name;

    public override string Description => "a test";

    public override IReadOnlyList<string> Reachable => reachable ?? [];

    public override Task RunAsync(ScenarioWorld world) => body(world);
}
