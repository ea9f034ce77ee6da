using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim check</c>: its options.</summary>
internal static class CheckCommand
{
    private const int DefaultSeeds = 100;

    public static Command Create(ToolEnvironment environment, ScenarioNames scenarios)
    {
        Argument<string> scenario = new("SCENARIO") { Description = "The name of a scenario, see 'detsim list'" };
        SeedOptions seeds = new("Checks this seed only", $"Checks the seeds 1 to N [default: {DefaultSeeds}]");
        FaultOptions faults = new($"How the simulated network behaves [default: {FaultOptions.Default.Name}]");
        Command command = new("check", "Proves that a scenario is deterministic, or shows where it is not")
        {
            scenario,
        };
        seeds.AddTo(command);
        faults.AddTo(command);
        command.SetAction(
            (parsed, interrupt) =>
            {
                CheckRequest request = new(
                    scenarios.Get(parsed.GetRequiredValue(scenario)),
                    faults.Parse(parsed),
                    seeds.Parse(parsed, DefaultSeeds)
                );
                return new CheckAction(environment, request).RunAsync(interrupt);
            }
        );
        return command;
    }
}
