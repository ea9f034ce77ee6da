using System.Globalization;
using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Simulation.Recording;
using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation;

/// <summary>
/// Tapes of whole runs. They also keep what its faults were where these are not the known profile's of their name, and how the run ended, so that a replay can tell whether
/// it ended alike.
/// </summary>
public static class RunTape
{
    /// <summary>The option of the header that holds the hash of the run's trace, in hexadecimal.</summary>
    public const string TraceHashOption = "trace-hash";

    /// <summary>The option of the header that holds the property that did not hold; absent if all held.</summary>
    public const string FindingOption = "finding";

    /// <summary>The option of the header that holds parts of the trace's running hash, so that a replay that does not end alike finds where it parts; absent if all held.</summary>
    internal const string TraceMarksOption = "trace-marks";

    /// <summary>The environment variable in which a run of simulation tests looks for the tape that it is to replay.</summary>
    internal const string TestVariable = "DETERMINISTIC_TAPE";

    /// <summary>The tape of a run that has ended.</summary>
    /// <param name="program">The name of the scenario, or of the test.</param>
    /// <param name="seed">What its decisions were drawn from; 0 if from no seed.</param>
    /// <param name="world">Where it ran.</param>
    /// <param name="finding">What did not hold, or null.</param>
    public static Tape Record(string program, ulong seed, SimulatedWorld world, Finding? finding)
    {
        ArgumentNullException.ThrowIfNull(world);
        Dictionary<string, string> options = new(TapeFaultOptions.Describe(world.Faults), StringComparer.Ordinal)
        {
            [TraceHashOption] = HashOf(world),
        };
        if (world.Seed is null)
        {
            options[TapeHeader.SeedlessOption] = "true";
        }

        if (finding is not null)
        {
            options[FindingOption] = finding.Property;
            options[TraceMarksOption] = world.Trace.Marks.ToString();
        }

        TapeHeader header = new()
        {
            Scenario = program,
            Faults = world.Faults.Name,
            Seed = seed,
            Options = options,
        };
        return new Tape(header, world.Choices.Recorded);
    }

    /// <summary>Whether a tape was recorded by a test: that is named by its type and its method, a scenario by one word.</summary>
    internal static bool IsOfTest(TapeHeader header) =>
        header.Scenario.Contains('.', StringComparison.Ordinal) && !header.Scenario.Any(char.IsWhiteSpace);

    /// <summary>The fault profile that a tape was recorded under: a known one, or what was made of it with rules of its own.</summary>
    /// <param name="header">Of the tape.</param>
    /// <returns>The profile; null if none of that name is known here.</returns>
    /// <exception cref="FormatException">The header's rules are none that are known here; the message says which.</exception>
    public static FaultProfile? FindFaults(TapeHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return TapeFaultOptions.Find(header);
    }

    /// <summary>Whether a run ended as the one that a tape was recorded from: with the same trace, and the same property violated or none.</summary>
    /// <param name="tape">The tape that was replayed.</param>
    /// <param name="world">Where it was replayed.</param>
    /// <param name="finding">What did not hold this time, or null.</param>
    public static bool EndedAlike(Tape tape, SimulatedWorld world, Finding? finding)
    {
        ArgumentNullException.ThrowIfNull(tape);
        ArgumentNullException.ThrowIfNull(world);
        return Holds(tape, TraceHashOption, HashOf(world)) && Holds(tape, FindingOption, finding?.Property);
    }

    /// <summary>How many events a replay shares with the recorded run at least, and the number of an event by which they have parted.</summary>
    /// <param name="tape">The tape that was replayed.</param>
    /// <param name="replayed">The trace of the replay, with its events.</param>
    /// <returns>Null if no difference shows, or the tape does not say.</returns>
    internal static (long Shared, long Parted)? FindDifference(Tape tape, Trace replayed) =>
        TraceMarks.Compare(tape.Header.Options.GetValueOrDefault(TraceMarksOption), [.. replayed.HashedEvents]);

    private static bool Holds(Tape tape, string option, string? value) =>
        string.Equals(tape.Header.Options.GetValueOrDefault(option), value, StringComparison.Ordinal);

    private static string HashOf(SimulatedWorld world) =>
        world.Trace.Hash.ToString("x16", CultureInfo.InvariantCulture);
}
