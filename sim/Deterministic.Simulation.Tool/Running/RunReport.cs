namespace Deterministic.Simulation.Tool;

/// <summary>The report of <c>detsim run</c>.</summary>
/// <param name="environment">Where to write.</param>
/// <param name="request">The scenario, seeds and driver.</param>
/// <param name="folder">The directory for tapes; null for none.</param>
/// <param name="replays">The replays of the findings that are shown; empty on real sockets.</param>
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
            PrintNondeterminism();
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

        foreach (string property in exploration.NeverHeld)
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

    /// <summary>Printed first: the rest of the report is then unreliable.</summary>
    private void PrintNondeterminism()
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
                $"The same applies to the seeds {string.Join(", ", doubtful.Skip(1).Select(replay => replay.Seed))}."
            );
        }

        environment.WriteLine();
    }

    /// <summary>Where in the program the first run failed, and the events before it.</summary>
    private void PrintFirst()
    {
        if (replays is [{ Again: { Finding: { } finding } again, Doubts: [] } first, ..])
        {
            environment.WriteLine();
            environment.WriteLine($"Seed {first.Seed}: {FailureReport.Headline(finding, again)}");
            FailureReport.Print(environment, again, withEvents: !request.Recording.PrintsEvents);
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

    /// <summary>The waiters of the first run that did not end: the others usually wait for the same, and a replay of their tapes prints theirs.</summary>
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
                $"The first {exploration.First.Count} of {Format.Count(exploration.Found, "finding")} are shown."
            );
        }

        if (folder is null)
        {
            return;
        }

        environment.WriteLine();
        environment.WriteLine(
            exploration.First.Count == 1
                ? "Replay it (--trace prints its events):"
                : "Replay them (--trace prints the events):"
        );
        foreach (SeedRun run in exploration.First)
        {
            environment.WriteLine($"  {environment.Command} replay {Shell.Quote(folder.Save(run.Tape!))}");
        }
    }
}
