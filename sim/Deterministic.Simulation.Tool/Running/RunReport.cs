namespace Deterministic.Simulation.Tool;

/// <summary>What <c>detsim run</c> says at its end.</summary>
internal sealed class RunReport(ToolEnvironment environment, RunRequest request, TapeFolder? folder)
{
    public void Print(Exploration exploration)
    {
        if (exploration.Found > 0)
        {
            environment.Say();
            PrintFindings(exploration.First);
            PrintWaiters(exploration.First);
            PrintReplays(exploration);
        }

        foreach (string property in exploration.Unseen)
        {
            environment.Say();
            environment.Say(
                Tone.Bad,
                $"{BuiltInProperties.SeenSometime}: '{property}' holds in none of {Words.Count(exploration.Runs, "run")}."
            );
        }

        environment.Say();
        if (request.Seeds.Count == 1 && request.Driver.IsSimulated && exploration.Last is { } only)
        {
            environment.Say($"trace hash {only.Trace.Hash:x16}");
        }

        environment.Say(exploration.IsClean ? Tone.Good : Tone.Bad, Summary.Of(exploration, request));
    }

    private void PrintFindings(IReadOnlyList<SeedRun> found)
    {
        TextTable table = new(
            " seed",
            "property",
            request.Driver.IsSimulated ? " virtual time" : " time",
            "what happened"
        );
        foreach (SeedRun run in found)
        {
            table.Add($"{run.Seed}", run.Finding!.Property, Words.Seconds(run.Finding.Time), run.Finding.Detail);
        }

        table.Print(environment);
    }

    /// <summary>Of the first run that did not end: the others most often wait for the same, and each tape tells of its own.</summary>
    private void PrintWaiters(IReadOnlyList<SeedRun> found)
    {
        if (found.FirstOrDefault(run => run.Finding!.Waiters.Count > 0) is { } stuck)
        {
            environment.Say();
            environment.Say($"Who waits for what in seed {stuck.Seed}:");
            WaiterReport.Print(environment, stuck.Finding!);
        }
    }

    private void PrintReplays(Exploration exploration)
    {
        if (exploration.Found > exploration.First.Count)
        {
            environment.Say();
            environment.Say(
                $"Shown are the first {exploration.First.Count} of {Words.Count(exploration.Found, "finding")}."
            );
        }

        if (folder is null)
        {
            return;
        }

        environment.Say();
        environment.Say(
            exploration.First.Count == 1
                ? "Replay it (--trace tells its story):"
                : "Replay them (--trace tells the story of one):"
        );
        foreach (SeedRun run in exploration.First)
        {
            environment.Say($"  {environment.Command} replay {Shell.Quote(folder.Save(run.Tape!))}");
        }
    }
}
