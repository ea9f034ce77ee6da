using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Replaying;

/// <summary>What to say of a replay that does not end as its tape was recorded, though a second replay ends as it did.</summary>
internal static class NotAsRecorded
{
    private const int Shown = 6;

    /// <param name="tape">What was replayed.</param>
    /// <param name="replayed">How it ended, with its events.</param>
    public static IEnumerable<string> Lines(Tape tape, CheckedRun replayed)
    {
        string recorded = tape.Header.Options.GetValueOrDefault(RunTape.FindingOption) is { } property
            ? $"the finding '{property}'"
            : "no finding";
        yield return "NOT AS RECORDED: the replay did not end as its tape says. The program has changed since, or it is not deterministic.";
        yield return $"recorded: {recorded}";
        yield return $"replayed: {replayed.Signature}";
        if (RunTape.FindDifference(tape, replayed.Trace) is var (shared, parted))
        {
            string parting =
                shared + 1 == parted
                    ? string.Create(CultureInfo.InvariantCulture, $"event {parted}, which in the replay is:")
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"one of the events {shared + 1} to {parted}, which in the replay begin:"
                    );
            yield return $"The traces part at {parting}";
            foreach (string line in Events(replayed.Trace, (int)shared, (int)parted))
            {
                yield return line;
            }
        }

        yield return ReplayCheck.Remedy;
    }

    private static IEnumerable<string> Events(Trace trace, int shared, int parted)
    {
        TraceEvent[] events = [.. trace.Events.Take(parted).Skip(shared).Take(Shown)];
        return events.Length == 0 ? ["> no event: it ends here"] : TraceText.Lines(events).Select(line => $"> {line}");
    }
}
