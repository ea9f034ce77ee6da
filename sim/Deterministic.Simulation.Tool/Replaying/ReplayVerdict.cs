using Deterministic.Exploration;
using Deterministic.Simulation.Replaying;

namespace Deterministic.Simulation.Tool;

/// <summary>Whether a replay ended as its tape says.</summary>
internal static class ReplayVerdict
{
    public static string Of(Tape tape, ReplayedRun replayed)
    {
        if (replayed is { EndedAlike: true, TapeUsedUp: true })
        {
            return replayed.Run.Finding is null
                ? "It ended alike: same trace."
                : "It failed alike: same finding, same trace.";
        }

        string rest = replayed.TapeUsedUp ? "" : " Some of its decisions were not asked for.";
        return $"It did NOT end alike: the tape was recorded with {Recorded(tape)}.{rest}";
    }

    /// <summary>Why a replay did not end alike, as far as a second replay shows it: two that differ prove that the program is not deterministic.</summary>
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

    /// <summary>How the recorded run ended.</summary>
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
