namespace Deterministic.Simulation.Tool;

/// <summary>Runs <c>detsim run</c>.</summary>
internal sealed class RunAction(ToolEnvironment environment, RunRequest request)
{
    public async Task<int> RunAsync(CancellationToken interrupt)
    {
        using TapeFolder? folder = request.Directory is { } directory ? new TapeFolder(environment, directory) : null;
        request.Recording.Open(
            $"{request.Scenario.Name} {request.Driver.Where}, {request.Seeds}",
            [.. TapesOf(folder).Select(tape => (tape, "the tape of the run"))]
        );
        environment.WriteLine(Tone.Title, $"{request.Scenario.Name} {request.Driver.Where}, {request.Seeds}");
        if (request.Driver.LeftOut is { Count: > 0 } leftOut)
        {
            IEnumerable<string> names = leftOut.Select(rule => rule.Descriptor.Name).Distinct(StringComparer.Ordinal);
            environment.WriteLine(
                $"Left out, since only the simulated network supports them: {string.Join(", ", names)}."
            );
        }

        Explorer explorer = new(environment, request.Driver);
        Exploration exploration = await explorer.RunAsync(request.Scenario, request.Seeds, interrupt);
        UsageException? unwritten = Record(exploration);
        FindingReplay[] replays = request.Faults is { } faults
            ? [.. exploration.First.Select(found => FindingReplay.Of(request.Scenario, faults, found))]
            : [];
        new RunReport(environment, request, folder, replays).Print(exploration);
        exploration.ThrowIfSimulatorFailed();
        interrupt.ThrowIfCancellationRequested();
        return unwritten is not null ? throw unwritten
            : exploration.IsClean ? ExitCodes.NothingFound
            : ExitCodes.Found;
    }

    /// <summary>A recording is of a single run, which saves at most one tape.</summary>
    private IEnumerable<string> TapesOf(TapeFolder? folder) =>
        folder is not null && request is { Seeds.Count: 1, Faults: { } faults }
            ? [folder.PathOf(request.Scenario.Name, faults.Name, request.Seeds.First)]
            : [];

    /// <returns>The error if the recording could not be written: findings are reported anyway.</returns>
    private UsageException? Record(Exploration exploration)
    {
        try
        {
            if (exploration.Last is { } run)
            {
                request.Recording.Write(run.Trace);
            }

            return null;
        }
        catch (UsageException error)
        {
            return error;
        }
    }
}
