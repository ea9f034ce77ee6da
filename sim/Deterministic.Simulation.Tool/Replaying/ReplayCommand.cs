using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim replay</c>: its options.</summary>
internal static class ReplayCommand
{
    public static Command Create(ToolEnvironment environment, ScenarioNames scenarios)
    {
        Argument<string> file = new("FILE") { Description = "A tape that 'detsim run' has saved" };
        Option<bool> trace = new("--trace") { Description = "Tells the story of the run, event by event" };
        Command command = new("replay", "Plays a tape again and says whether it ends alike") { file, trace };
        command.SetAction(parsed =>
            new ReplayAction(environment, scenarios).Run(parsed.GetRequiredValue(file), parsed.GetValue(trace))
        );
        return command;
    }
}
