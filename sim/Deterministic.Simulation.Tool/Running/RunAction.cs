namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim run</c>, once it is known what to do.</summary>
internal sealed class RunAction(ToolEnvironment environment, RunRequest request)
{
    public async Task<int> RunAsync(CancellationToken interrupt)
    {
        using TapeFolder? folder = request.Directory is { } directory ? new TapeFolder(environment, directory) : null;
        request.Recording.Open($"{request.Scenario.Name} {request.Driver.Where}, {request.Seeds}");
        environment.Say(Tone.Title, $"{request.Scenario.Name} {request.Driver.Where}, {request.Seeds}");
        if (request.Driver.LeftOut is { Count: > 0 } leftOut)
        {
            IEnumerable<string> names = leftOut.Select(rule => rule.Descriptor.Name).Distinct(StringComparer.Ordinal);
            environment.Say($"Left out, since only the simulated network has them: {string.Join(", ", names)}.");
        }

        Explorer explorer = new(environment, request.Driver);
        Exploration exploration = await explorer.RunAsync(request.Scenario, request.Seeds, interrupt);
        if (exploration.Last is { } run)
        {
            request.Recording.Write(run.Trace);
        }

        new RunReport(environment, request, folder).Print(exploration);
        interrupt.ThrowIfCancellationRequested();
        return exploration.IsClean ? ExitCodes.NothingFound : ExitCodes.Found;
    }
}
