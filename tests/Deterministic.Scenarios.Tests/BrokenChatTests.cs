using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Scenarios.Tests;

public sealed class BrokenChatTests
{
    [Fact]
    public void A_lossy_network_finds_the_bug_on_nearly_every_seed()
    {
        Found(FaultProfiles.LossyWan, seeds: 100).ShouldBeGreaterThan(90);
    }

    [Fact]
    public void A_calm_network_hides_the_bug_on_nearly_every_seed()
    {
        Found(FaultProfiles.Calm, seeds: 100).ShouldBeLessThan(10);
    }

    [Fact]
    public void A_finding_replays_alike_from_its_tape()
    {
        BrokenChatScenario broken = new();
        SimulationRun run = SimulationRunner.Run(broken, seed: 1);
        ReplayedRun replay = SimulationRunner.Replay(broken, run.Tape);
        replay.EndedAlike.ShouldBeTrue();
        replay.Run.Finding.ShouldNotBeNull().ShouldBe(run.Finding);
    }

    private static int Found(FaultProfile faults, int seeds)
    {
        SimulationOptions options = new() { Faults = faults };
        return Enumerable
            .Range(1, seeds)
            .Count(seed => SimulationRunner.Run(new BrokenChatScenario(), (ulong)seed, options).Finding is not null);
    }
}
