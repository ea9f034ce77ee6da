using Deterministic.Faults;

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

    [Fact]
    public async Task Faults_tells_every_fault_in_a_line()
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync("faults");

        outcome.ExitCode.ShouldBe(0);
        outcome.OutputLines.Length.ShouldBe(FaultCatalog.All.Count + 1);
        foreach ((FaultDescriptor fault, string line) in FaultCatalog.All.Zip(outcome.OutputLines.Skip(1)))
        {
            string[] columns = line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            columns[0].ShouldBe(fault.Group.ToString().ToLowerInvariant());
            columns[1].ShouldBe(fault.Name);
            columns[2].ShouldBe(string.Join(' ', fault.Takes));
            columns[3].ShouldStartWith(fault.Description);
        }
    }
}
