using System.Globalization;
using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Replaying;
using Deterministic.Simulation.Reporting;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>A seed that failed, or a tape that did not end as it was recorded, and all there is to say about it. Each is said once, in at most <see cref="MostLines"/> lines.</summary>
internal sealed record SeedFailure(SimulationPlan Plan, ulong Seed, SeedRun Run, string Folder)
{
    /// <summary>A screenful.</summary>
    public const int MostLines = 40;

    /// <summary>However much else there is to say.</summary>
    private const int FewestEventLines = 6;

    /// <summary>False for a replay that did not end as its tape was recorded.</summary>
    public required bool EndedAsRecorded { get; init; }

    /// <summary>What differs in a second run of the same decisions; null if nothing does.</summary>
    public required ReplayCheck? Difference { get; init; }

    /// <summary>Fails the test.</summary>
    /// <returns>For the output of the test: what is too long for the message; mostly empty.</returns>
    public string Report(ExceptionAggregator aggregator)
    {
        aggregator.Add(new SimulationFailedException(Message()));
        return FailureText.InFull(Run.Cause) is { } text ? $"In full:\n{text}\n" : "";
    }

    private string Message()
    {
        List<string> before = [.. Doubts(), .. What()];
        List<string> after = [.. Again()];
        int left = MostLines - before.Count - after.Count - 2;
        IEnumerable<string> events = Run.Finding is null
            ? []
            : FailureText.Events(Run.World.Trace, Point(Run.Finding), Math.Max(left, FewestEventLines));
        string[] lines = [.. before, "", .. events, "", .. after];
        return string.Join('\n', lines);
    }

    private FailurePoint Point(Finding finding) => Run.World.PointOf(finding, Run.Cause);

    /// <summary>Why the rest may not be true of another run.</summary>
    private IEnumerable<string> Doubts()
    {
        IEnumerable<string> lines =
            Difference is not null ? Difference.Lines(Plan.Tape is null ? "replayed at once" : "replayed twice")
            : EndedAsRecorded ? []
            : NotAsRecorded.Lines(Plan.Tape!, Run.Compared);
        return Difference is null && EndedAsRecorded ? lines : lines.Append("");
    }

    private IEnumerable<string> What()
    {
        string replay = Plan.Tape is null ? "" : "The replay of ";
        string faults = $"with the faults '{Plan.Faults.Name}'{Plan.Faults.ToString()[Plan.Faults.Name.Length..]}";
        if (Run.Finding is not { } finding)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{replay}seed {Seed} passed this time, {faults}."
            );
            yield break;
        }

        FailurePoint point = Point(finding);
        string seconds = point.Time.TotalSeconds.ToString("0.#######", CultureInfo.InvariantCulture);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{replay}{(replay.Length > 0 ? "seed" : "Seed")} {Seed} failed at {seconds} s of virtual time on host {point.Host}, {faults}:"
        );
        foreach (string line in FailureText.What(finding, Run.Cause, named: true).Concat(WaiterList.Of(finding)))
        {
            yield return line;
        }
    }

    private IEnumerable<string> Again() =>
        Plan.Tape is null
            ? RunAgain.Lines(Plan, Seed, SaveTape())
            :
            [
                EndedAsRecorded
                    ? "This was a replay, and it ended as it was recorded."
                    : "This was a replay, and it did NOT end as it was recorded.",
            ];

    private string SaveTape() =>
        new TapeFolder(Plan.TapeFolder, Folder).Save(
            RunTape.Record(Plan.Test, Seed, Run.World, Run.Finding),
            $"{Plan.Test}-{Plan.Faults.Name}-seed-{Seed}"
        );
}
