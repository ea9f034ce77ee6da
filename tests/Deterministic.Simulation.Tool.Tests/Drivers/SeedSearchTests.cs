using Deterministic.Faults;

namespace Deterministic.Simulation.Tool.Tests;

public sealed class SeedSearchTests
{
    [Fact]
    public void A_search_waits_for_threads_outside_the_simulation_at_its_first_deadlock_only()
    {
        SeedSearch search = new(new SimulationOptions { Faults = FaultProfiles.Calm });
        search.Options.Limits.EscapeGrace.ShouldBeGreaterThan(TimeSpan.Zero);
        search.Run(MadeUp.Sound, seed: 1).Finding.ShouldBeNull();
        search.Options.Limits.EscapeGrace.ShouldBeGreaterThan(TimeSpan.Zero);
        search.Run(MadeUp.Stuck, seed: 1).Finding!.Property.ShouldBe(BuiltInProperties.NoDeadlock);
        search.Options.Limits.EscapeGrace.ShouldBe(TimeSpan.Zero);
        search.Run(MadeUp.Stuck, seed: 2).Finding!.Property.ShouldBe(BuiltInProperties.NoDeadlock);
    }
}
