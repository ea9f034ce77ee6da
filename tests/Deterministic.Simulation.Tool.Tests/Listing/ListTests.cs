namespace Deterministic.Simulation.Tool.Tests;

public sealed class ListTests
{
    [Fact]
    public async Task List_tells_every_scenario_and_every_fault_profile_in_a_line_each()
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync("list");

        outcome.ExitCode.ShouldBe(0);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldMatchApproved(approved => approved.NoDiff());
    }
}
