using Deterministic.Scenarios;
using Deterministic.Simulation.Tool;

using CancellationTokenSource interrupt = new();
Console.CancelKeyPress += (_, press) =>
{
    // The first one requests an orderly end with the findings so far; a second one ends the process at once.
    press.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
};
return await new DetsimApp(ToolEnvironment.OfThisProcess(), ScenarioCatalog.All).RunAsync(args, interrupt.Token);
