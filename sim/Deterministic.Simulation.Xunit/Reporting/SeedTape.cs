using System.Globalization;

namespace Deterministic.Simulation.Xunit;

/// <summary>Tapes of failed seeds. They keep how the run ended, so that a replay can tell whether it ended alike.</summary>
internal static class SeedTape
{
    private const string TraceHashKey = "trace-hash";
    private const string FindingKey = "finding";

    public static Tape Of(SeedFailure failure)
    {
        Dictionary<string, string> outcome = new(StringComparer.Ordinal)
        {
            [TraceHashKey] = HashOf(failure),
            [FindingKey] = failure.Finding.Property,
        };
        TapeHeader header = new()
        {
            Scenario = failure.Plan.Test,
            Faults = failure.Plan.Faults.Name,
            Seed = failure.Seed,
            Options = outcome,
        };
        return new Tape(header, failure.World.Choices.Recorded);
    }

    public static bool EndedAlike(Tape tape, SeedFailure failure) =>
        string.Equals(tape.Header.Options.GetValueOrDefault(TraceHashKey), HashOf(failure), StringComparison.Ordinal)
        && string.Equals(
            tape.Header.Options.GetValueOrDefault(FindingKey),
            failure.Finding.Property,
            StringComparison.Ordinal
        );

    private static string HashOf(SeedFailure failure) =>
        failure.World.Trace.Hash.ToString("x16", CultureInfo.InvariantCulture);
}
