using System.Globalization;
using Deterministic.Coyote;
using Deterministic.Scenarios;
using Deterministic.Simulation;
using Microsoft.Coyote;
using Microsoft.Coyote.Specifications;
using Microsoft.Coyote.SystematicTesting;

// Usage: [SCENARIO] [ITERATIONS]. Exit code 0 if Coyote found nothing, 1 if it found a violation, 2 for bad arguments.
string name = args.ElementAtOrDefault(0) ?? "chat";
string count = args.ElementAtOrDefault(1) ?? "200";
if (ScenarioCatalog.Find(name) is not { } scenario)
{
    string known = string.Join(", ", ScenarioCatalog.All.Select(known => known.Name));
    await Console.Error.WriteLineAsync($"There is no scenario '{name}'. Known: {known}.");
    return 2;
}

if (!uint.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out uint iterations) || iterations == 0)
{
    await Console.Error.WriteLineAsync($"The number of iterations is a whole number of at least 1, not '{count}'.");
    return 2;
}

Configuration configuration = Configuration
    .Create()
    .WithTestingIterations(iterations)
    .WithRandomStrategy()
    .WithTelemetryEnabled(false);
using TestingEngine engine = TestingEngine.Create(
    configuration,
    () =>
    {
        SimulationRun run = SimulationRunner.Run(scenario, new CoyoteStrategy());
        // The finding is an argument and not the format: it has whatever the program wrote, braces included.
        Specification.Assert(run.Finding is null, "{0}", run.Finding?.ToString() ?? "");
    }
);
engine.Run();
int found = engine.TestReport.NumOfFoundBugs;
Console.WriteLine(
    $"{scenario.Name}: {found} found in {iterations} iterations. {string.Join(Environment.NewLine, engine.TestReport.BugReports)}"
);
return found > 0 ? 1 : 0;
