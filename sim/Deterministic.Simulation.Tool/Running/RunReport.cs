namespace Deterministic.Simulation.Tool;

/// <summary>What <c>detsim run</c> says at its end.</summary>
/// <param name="environment">Where to.</param>
/// <param name="request">What was asked for.</param>
/// <param name="folder">Where tapes go; null for nowhere.</param>
/// <param name="replays">Of the findings that are shown; empty on real sockets.</param>
internal sealed class RunReport(
    ToolEnvironment environment,
    RunRequest request,
    TapeFolder? folder,
    IReadOnlyList<FindingReplay> replays
)
{
    public void Print(Exploration exploration)
    {
        if (exploration.Found > 0)
        {
            environment.WriteLine();
            PrintDoubts();
            PrintFindings(exploration.First);
            PrintFirst();
            PrintWaiters(exploration.First);
            PrintReplays(exploration);
        }

        if (exploration.Failed is { } failed)
        {
            environment.WriteLine();
            environment.WriteLine(Tone.Bad, $"In seed {failed.Seed} the simulator itself failed; its tape:");
            environment.WriteLine($"  {folder?.Save(failed.Tape!)}");
        }

        foreach (string property in exploration.Unseen)
        {
            environment.WriteLine();
            environment.WriteLine(
                Tone.Bad,
                $"{BuiltInProperties.SeenSometime}: '{property}' holds in none of {Format.Count(exploration.Runs, "run")}."
            );
        }

        environment.WriteLine();
        if (request.Seeds.Count == 1 && request.Driver.IsSimulated && exploration.Last is { } only)
        {
            environment.WriteLine($"trace hash {only.Trace.Hash:x16}");
        }

        environment.WriteLine(exploration.IsClean ? Tone.Good : Tone.Bad, Summary.Of(exploration, request));
    }

    /// <summary>Comes first: what follows cannot be relied on.</summary>
    private void PrintDoubts()
    {
        FindingReplay[] doubtful = [.. replays.Where(replay => replay.Doubts.Count > 0)];
        if (doubtful is not [var first, ..])
        {
            return;
        }

        environment.WriteLine(Tone.Bad, $"Seed {first.Seed}: {TextEscaper.Of(first.Doubts[0])}");
        foreach (string line in first.Doubts.Skip(1))
        {
            environment.WriteLine(TextEscaper.Of(line));
        }

        if (doubtful.Length > 1)
        {
            environment.WriteLine(
                $"So it is with the seeds {string.Join(", ", doubtful.Skip(1).Select(replay => replay.Seed))}."
            );
        }

        environment.WriteLine();
    }

    /// <summary>Where in the program the first one failed, and what led to it.</summary>
    private void PrintFirst()
    {
        if (replays is [{ Again: { Finding: { } finding } again, Doubts: [] } first, ..])
        {
            environment.WriteLine();
            environment.WriteLine($"Seed {first.Seed}: {FailureReport.Headline(finding, again)}");
            FailureReport.Print(environment, again, withEvents: !request.Recording.TellsStory);
        }
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
            table.Add($"{run.Seed}", run.Finding!.Property, Format.Seconds(run.Finding.Time), run.Finding.Detail);
        }

        table.Print(environment);
    }

    /// <summary>Of the first run that did not end: the others most often wait for the same, and each tape tells of its own.</summary>
    private void PrintWaiters(IReadOnlyList<SeedRun> found)
    {
        if (found.FirstOrDefault(run => run.Finding!.Waiters.Count > 0) is { } stuck)
        {
            environment.WriteLine();
            environment.WriteLine($"Who waits for what in seed {stuck.Seed}:");
            WaiterReport.Print(environment, stuck.Finding!);
        }
    }

    private void PrintReplays(Exploration exploration)
    {
        if (exploration.Found > exploration.First.Count)
        {
            environment.WriteLine();
            environment.WriteLine(
                $"Shown are the first {exploration.First.Count} of {Format.Count(exploration.Found, "finding")}."
            );
        }

        if (folder is null)
        {
            return;
        }

        environment.WriteLine();
        environment.WriteLine(
            exploration.First.Count == 1
                ? "Replay it (--trace tells its story):"
                : "Replay them (--trace tells the story of one):"
        );
        foreach (SeedRun run in exploration.First)
        {
            environment.WriteLine($"  {environment.Command} replay {Shell.Quote(folder.Save(run.Tape!))}");
        }
    }
}
