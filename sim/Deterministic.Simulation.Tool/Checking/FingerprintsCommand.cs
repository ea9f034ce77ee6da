using System.CommandLine;

namespace Deterministic.Simulation.Tool;

/// <summary>
/// <c>detsim fingerprints</c>, which <c>detsim check</c> starts as its other process: one line for each run, in order of completion. Internal, so hidden in the help.
/// </summary>
internal static class FingerprintsCommand
{
    public const string Name = "fingerprints";
    public const string First = "--first";
    public const string Count = "--count";
    public const string Events = "--events";

    public static Command Create(ToolEnvironment environment, ScenarioNames scenarios)
    {
        Argument<string> scenario = new("SCENARIO");
        FaultOptions faults = new("");
        Option<ulong> first = new(First) { Required = true };
        Option<int> count = new(Count) { Required = true };
        Option<bool> events = new(Events);
        Command command = new(Name) { scenario, first, count, events };
        faults.AddTo(command);
        command.Hidden = true;
        command.SetAction(
            (parsed, interrupt) =>
                RunAsync(
                    environment,
                    new CheckRequest(
                        scenarios.Get(parsed.GetRequiredValue(scenario)),
                        faults.Parse(parsed),
                        new SeedRange(parsed.GetRequiredValue(first), parsed.GetRequiredValue(count))
                    ),
                    parsed.GetValue(events),
                    interrupt
                )
        );
        return command;
    }

    private static async Task<int> RunAsync(
        ToolEnvironment environment,
        CheckRequest request,
        bool keepTrace,
        CancellationToken interrupt
    )
    {
        // The scenario's own output must not mix with the lines that the other process reads.
        Console.SetOut(TextWriter.Null);
        if (keepTrace)
        {
            KeptRun.WriteTo(environment.Output, request.Run(request.Seeds.First, keepTrace: true));
            return ExitCodes.NothingFound;
        }

        FingerprintingDriver driver = new(environment.Output, request.Faults);
        await new Explorer(environment, driver).RunAsync(request.Scenario, request.Seeds, interrupt);
        return ExitCodes.NothingFound;
    }
}
