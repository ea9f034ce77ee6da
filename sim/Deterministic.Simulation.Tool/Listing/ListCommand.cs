using System.CommandLine;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim list</c>: lists the scenarios and the fault profiles.</summary>
internal static class ListCommand
{
    public static Command Create(ToolEnvironment environment, IReadOnlyList<Scenario> scenarios)
    {
        Command command = new("list", "Lists the scenarios and the fault profiles");
        command.SetAction(_ => Print(environment, scenarios));
        return command;
    }

    private static int Print(ToolEnvironment environment, IReadOnlyList<Scenario> scenarios)
    {
        (string Name, string Description)[] listed =
        [
            .. scenarios.Select(scenario => (scenario.Name, scenario.Description)),
        ];
        (string Name, string Description)[] profiles =
        [
            .. FaultProfiles.All.Select(profile => (profile.Name, profile.Description)),
        ];
        int width = listed.Concat(profiles).Max(entry => entry.Name.Length);
        Print("Scenarios", listed);
        environment.WriteLine();
        Print("Fault profiles of the simulated network", profiles);
        return ExitCodes.NothingFound;

        void Print(string title, (string Name, string Description)[] entries)
        {
            environment.WriteLine(Tone.Title, title);
            foreach ((string name, string description) in entries)
            {
                Entry.Print(environment, name.PadRight(width), description);
            }
        }
    }
}
