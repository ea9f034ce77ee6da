#pragma warning disable xUnit1000 // Internal on purpose: these are wrong, and only the tests here look at them.
namespace Deterministic.Simulation.Xunit.Tests;

internal sealed class SignatureSamples
{
    [Simulation]
    public Task TakesNothing() => Task.CompletedTask;

    [Simulation]
    public Task TakesSomethingElse(int world) => Task.FromResult(world);

    [Simulation]
    public Task TakesTwo(SimulatedWorld one, SimulatedWorld other) => Task.FromResult((one, other));

    [Simulation]
    public void ReturnsNothing(SimulatedWorld world) => _ = world;

    [Simulation]
    public Task IsGeneric<T>(SimulatedWorld world) => Task.FromResult(world is T);

    [Simulation(Seeds = 3, FirstSeed = ulong.MaxValue - 1)]
    public Task HasSeedsPastTheLast(SimulatedWorld world) => Task.FromResult(world);

    [Simulation(Seeds = 0)]
    public Task HasNoSeeds(SimulatedWorld world) => Task.FromResult(world);

    [Simulation(Faults = "gale")]
    public Task HasUnknownFaults(SimulatedWorld world) => Task.FromResult(world);

    [Simulation(Faults = "lossywan")]
    public Task HasMisspelledFaults(SimulatedWorld world) => Task.FromResult(world);

    [Simulation(Faults = "calm", Rules = ["restet nth=1"])]
    public Task HasAMisspelledRule(SimulatedWorld world) => Task.FromResult(world);

    [Simulation(Faults = "calm", Rules = ["reset at-mots=1"])]
    public Task HasAMisspelledSetting(SimulatedWorld world) => Task.FromResult(world);

    [Simulation(Faults = "calm", Rules = ["reset", "jitter"])]
    public Task HasABadRule(SimulatedWorld world) => Task.FromResult(world);
}
