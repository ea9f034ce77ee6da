#pragma warning disable xUnit1000 // Internal on purpose: only the tests here run them.
using Xunit.Abstractions;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>Keeps the worlds that it ran in.</summary>
internal sealed class WorldSamples(List<SimulatedWorld> worlds, ITestOutputHelper output)
{
    [Simulation(Seeds = 5, FirstSeed = 40, Faults = "calm")]
    public Task Collects(SimulatedWorld world)
    {
        _ = world.Random.Next(1000);
        worlds.Add(world);
        output.WriteLine($"run {worlds.Count}");
        return Task.CompletedTask;
    }

    [Simulation(Seeds = 5)]
    public async Task WaitsForEver(SimulatedWorld world)
    {
        worlds.Add(world);
        output.WriteLine("once");
        await new TaskCompletionSource().Task;
    }

    [Simulation(Seeds = 5, FirstSeed = ulong.MaxValue - 4, Faults = "calm")]
    public Task CollectsUpToTheEnd(SimulatedWorld world) => Collects(world);
}
