#if WITH_COYOTE
using System.Globalization;
using Deterministic.Coyote;
using Deterministic.Scenarios;
using Deterministic.Simulation;
using Microsoft.Coyote;
using Microsoft.Coyote.Specifications;
using Microsoft.Coyote.SystematicTesting;

// Usage: [SCENARIO] [ITERATIONS]. Exit code 1 if Coyote found a violation.
Scenario scenario =
    ScenarioCatalog.Find(args.Length > 0 ? args[0] : "chat")
    ?? throw new ArgumentException($"There is no scenario '{args[0]}'.");
uint iterations = args.Length > 1 ? uint.Parse(args[1], CultureInfo.InvariantCulture) : 200;
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
Console.WriteLine(
    $"{scenario.Name}: {engine.TestReport.NumOfFoundBugs} found in {iterations} iterations. {string.Join(Environment.NewLine, engine.TestReport.BugReports)}"
);
return engine.TestReport.NumOfFoundBugs > 0 ? 1 : 0;
#else
Console.Error.WriteLine("Built without Coyote. Build with -p:WithCoyote=true; CONTRIBUTING.md says why and how.");
return 2;
#endif
