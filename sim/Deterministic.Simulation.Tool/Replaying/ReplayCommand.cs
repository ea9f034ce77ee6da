using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim replay</c>: its options.</summary>
internal static class ReplayCommand
{
    public static Command Create(ToolEnvironment environment, ScenarioNames scenarios)
    {
        Argument<string> file = new("FILE") { Description = "A tape saved by 'detsim run'" };
        RecordingOptions recordings = new("the run");
        Command command = new("replay", "Replays a tape and says whether the result is the same") { file };
        recordings.AddTo(command);
        command.SetAction(parsed =>
        {
            using Recording recording = recordings.Parse(environment, parsed);
            return new ReplayAction(environment, scenarios).Run(parsed.GetRequiredValue(file), recording);
        });
        return command;
    }
}
