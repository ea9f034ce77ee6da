using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create(ToolEnvironment environment, ScenarioNames scenarios)
    {
        Command command = new(
            "demo",
            "Shows in seconds what this is about: a bug found, replayed, and its repair on real sockets"
        );
        command.SetAction((_, interrupt) => new Demo(environment, scenarios).RunAsync(interrupt));
        return command;
    }
}
