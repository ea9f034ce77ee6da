using System.Globalization;
using Deterministic.Simulation.Errors;
using Deterministic.Simulation.Replaying;
using Deterministic.Simulation.Reporting;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit;

/// <summary>The report of a failed seed, or of a tape whose result differs from the recorded one. Nothing is repeated, and the report has at most <see cref="MaxLines"/> lines.</summary>
internal sealed record SeedFailure(SimulationPlan Plan, ulong Seed, SeedRun Run, string Folder)
{
    /// <summary>A screenful.</summary>
    public const int MaxLines = 40;

    /// <summary>The minimum, even if the rest of the report is long.</summary>
    private const int MinEventLines = 6;

    /// <summary>False for a replay whose result differs from the recorded one.</summary>
    public required bool EndedAsRecorded { get; init; }

    /// <summary>The difference of a second run with the same decisions; null if there is none.</summary>
    public required ReplayCheck? Difference { get; init; }

    /// <summary>Fails the test.</summary>
    /// <returns>Text for the test's output that is too long for the message; usually empty.</returns>
    public string Report(ExceptionAggregator aggregator)
    {
        aggregator.Add(new SimulationFailedException(Message()));
        return FailureText.InFull(Run.Cause) is { } text ? $"In full:\n{text}\n" : "";
    }

    private string Message()
    {
        List<string> before = [.. Doubts(), .. What()];
        List<string> after = [.. Again()];
        int left = MaxLines - before.Count - after.Count - 2;
        IEnumerable<string> events = Run.Finding is null
            ? []
            : FailureText.Events(Run.World.Trace, Point(Run.Finding), Math.Max(left, MinEventLines));
        string[] lines = [.. before, "", .. events, "", .. after];
        return string.Join('\n', lines);
    }

    private FailurePoint Point(Finding finding) => Run.World.PointOf(finding, Run.Cause);

    /// <summary>The warning that the rest of the report may not apply to another run.</summary>
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
                    ? "This was a replay, and its result is the recorded one."
                    : "This was a replay, and its result is NOT the recorded one.",
            ];

    private string SaveTape() =>
        new TapeFolder(Plan.TapeFolder, Folder).Save(
            RunTape.Record(Plan.Test, Seed, Run.World, Run.Finding),
            $"{Plan.Test}-{Plan.Faults.Name}-seed-{Seed}"
        );
}
