using Deterministic.Scenarios;
using Deterministic.Simulation.Tool;

using CancellationTokenSource interrupt = new();
Console.CancelKeyPress += (_, press) =>
{
    // The first one asks for an end in good order, with what was found so far; a second one gets it without.
    press.Cancel = !interrupt.IsCancellationRequested;
    interrupt.Cancel();
};
return await new DetsimApp(ToolEnvironment.OfThisProcess(), ScenarioCatalog.All).RunAsync(args, interrupt.Token);
