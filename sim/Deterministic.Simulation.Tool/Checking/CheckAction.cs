namespace Deterministic.Simulation.Tool;

/// <summary>Runs <c>detsim check</c>.</summary>
internal sealed class CheckAction(ToolEnvironment environment, CheckRequest request)
{
    public async Task<int> RunAsync(CancellationToken interrupt)
    {
        environment.WriteLine(
            Tone.Title,
            $"{request.Scenario.Name} under {request.Faults}, {request.Seeds}, each twice in this process and once in another"
        );
        Checker checker = new(environment, request);
        CheckResult result = await checker.RunAsync(interrupt);
        environment.WriteLine();
        if (result.Differing is [ulong first, ..])
        {
            new DivergenceReport(environment, request).Print(first, await checker.ExplainAsync(first));
            environment.WriteLine();
        }

        environment.WriteLine(result.Differing.Count > 0 ? Tone.Bad : Tone.Good, Summary(result));
        if (result.Failed is { } failed)
        {
            throw new SimulatorException($"seed {failed.Seed}: {failed.Finding!.Detail}");
        }

        interrupt.ThrowIfCancellationRequested();
        if (result.Seeds != request.Seeds.Count)
        {
            throw new InvalidOperationException(
                $"the other process finished {result.Seeds} of {request.Seeds.Count} runs"
            );
        }

        return result.Differing.Count > 0 ? ExitCodes.Found : ExitCodes.NothingFound;
    }

    private string Summary(CheckResult result)
    {
        string seeds =
            result.Seeds == request.Seeds.Count
                ? Format.Count(result.Seeds, "seed")
                : $"{Format.Number(result.Seeds)} of {Format.Count(request.Seeds.Count, "seed")}";
        double seconds = result.Elapsed.TotalSeconds;
        string speed = result.Seeds > 1 && seconds > 0 ? $" ({Format.Number(result.Seeds / seconds)}/s)" : "";
        string differing = result.Differing.Count switch
        {
            0 => "no difference",
            1 => $"seed {result.Differing[0]} differs",
            var count =>
                $"{Format.Number(count)} differ, the first of them {string.Join(", ", result.Differing.Take(Aggregator.Shown))}",
        };
        return $"{seeds} in {Format.Duration(result.Elapsed)}{speed}: {differing}.";
    }
}
