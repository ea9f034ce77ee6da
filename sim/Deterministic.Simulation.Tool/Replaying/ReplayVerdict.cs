using Deterministic.Exploration;
using Deterministic.Simulation.Replaying;

namespace Deterministic.Simulation.Tool;

/// <summary>Whether the result of a replay is the recorded one.</summary>
internal static class ReplayVerdict
{
    public static string Of(Tape tape, ReplayedRun replayed)
    {
        if (replayed is { EndedAlike: true, TapeUsedUp: true })
        {
            return replayed.Run.Finding is null
                ? "The result is the same: same trace."
                : "It failed in the same way: same finding, same trace.";
        }

        string rest = replayed.TapeUsedUp ? "" : " Some of its decisions were not used.";
        return $"The result is NOT the same: the tape was recorded with {Recorded(tape)}.{rest}";
    }

    /// <summary>Why the result of a replay differs, as far as a second replay shows: two replays that differ prove that the program is not deterministic.</summary>
    public static IEnumerable<string> Doubts(
        Scenario scenario,
        Tape tape,
        ReplayedRun replayed,
        SimulationOptions options
    )
    {
        CheckedRun first = CheckedRun.Of(replayed.Run);
        CheckedRun second = CheckedRun.Of(
            SimulationRunner.Replay(scenario, tape, options with { ExplainWaits = false }).Run
        );
        return ReplayCheck.Compare(first, second)?.Lines("replayed twice") ?? NotAsRecorded.Lines(tape, first);
    }

    /// <summary>The result of the recorded run.</summary>
    private static string Recorded(Tape tape)
    {
        string finding = tape.Header.Options.GetValueOrDefault(RunTape.FindingOption) is { } property
            ? $"the finding {TextEscaper.Of(property)}"
            : "no finding";
        string hash = tape.Header.Options.GetValueOrDefault(RunTape.TraceHashOption) is { } trace
            ? $"the trace hash {TextEscaper.Of(trace)}"
            : "no trace hash";
        return $"{finding} and {hash}";
    }
}
