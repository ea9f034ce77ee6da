namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim check</c>, once it is known what to check.</summary>
internal sealed class CheckAction(ToolEnvironment environment, CheckRequest request)
{
    public async Task<int> RunAsync(CancellationToken interrupt)
    {
        environment.Say(
            Tone.Title,
            $"{request.Scenario.Name} under {request.Faults}, {request.Seeds}, each twice in this process and once in another"
        );
        Checker checker = new(environment, request);
        Checked result = await checker.RunAsync(interrupt);
        environment.Say();
        if (result.Differing is [ulong first, ..])
        {
            new DivergenceReport(environment, request).Print(first, await checker.ExplainAsync(first));
            environment.Say();
        }

        environment.Say(result.Differing.Count > 0 ? Tone.Bad : Tone.Good, Summary(result));
        if (result.Failed is { } failed)
        {
            throw new SimulatorException($"seed {failed.Seed}: {failed.Finding!.Detail}");
        }

        interrupt.ThrowIfCancellationRequested();
        if (result.Seeds != request.Seeds.Count)
        {
            throw new InvalidOperationException($"the other process made {result.Seeds} of {request.Seeds.Count} runs");
        }

        return result.Differing.Count > 0 ? ExitCodes.Found : ExitCodes.NothingFound;
    }

    private string Summary(Checked result)
    {
        string seeds =
            result.Seeds == request.Seeds.Count
                ? Words.Count(result.Seeds, "seed")
                : $"{Words.Number(result.Seeds)} of {Words.Count(request.Seeds.Count, "seed")}";
        double seconds = result.Elapsed.TotalSeconds;
        string speed = result.Seeds > 1 && seconds > 0 ? $" ({Words.Number(result.Seeds / seconds)}/s)" : "";
        string differing = result.Differing.Count switch
        {
            0 => "no difference",
            1 => $"seed {result.Differing[0]} differs",
            var count =>
                $"{Words.Number(count)} differ, the first of them {string.Join(", ", result.Differing.Take(Tally.Shown))}",
        };
        return $"{seeds} in {Words.Duration(result.Elapsed)}{speed}: {differing}.";
    }
}
