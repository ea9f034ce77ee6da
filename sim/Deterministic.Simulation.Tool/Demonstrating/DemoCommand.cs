using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create(ToolEnvironment environment, ScenarioNames scenarios)
    {
        Command command = new(
            "demo",
            "Finds a bug, replays it, and runs the corrected server on real sockets, in seconds"
        );
        command.SetAction((_, interrupt) => new Demo(environment, scenarios).RunAsync(interrupt));
        return command;
    }
}
