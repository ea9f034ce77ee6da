using System.CommandLine;
using System.CommandLine.Help;

namespace Deterministic.Simulation.Tool;

/// <summary>The command line as a whole.</summary>
internal static class DetsimCommand
{
    /// <exception cref="UsageException">The arguments are not valid.</exception>
    public static ParseResult Parse(
        ToolEnvironment environment,
        IReadOnlyList<Scenario> scenarios,
        IReadOnlyList<string> arguments
    )
    {
        ScenarioNames names = new(scenarios);
        // Not a root command, which takes its name from the process: with `dotnet run` that is not detsim.
        Command detsim = new(
            "detsim",
            "Runs protocol scenarios on a simulated network or on real sockets, and replays the failures it finds."
        )
        {
            ListCommand.Create(environment, scenarios),
            FaultsCommand.Create(environment),
            RunCommand.Create(environment, names),
            ReplayCommand.Create(environment, names),
            CheckCommand.Create(environment, names),
            FingerprintsCommand.Create(environment, names),
            DemoCommand.Create(environment, names),
            new HelpOption("--help", "-h") { Recursive = true, Action = new HelpPages() },
            new VersionOption("--version"),
        };
        ParserConfiguration configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        ParseResult parsed = detsim.Parse(arguments, configuration);
        return UsageErrors.Find(parsed) is { } error ? throw new UsageException(error) : parsed;
    }
}
