using System.Globalization;
using System.Text;
using Deterministic.Faults;
using Deterministic.Simulation.Reporting;

namespace Deterministic.Simulation;

/// <content>All that is known of a run that has failed, for an exception's message.</content>
public sealed partial record RunResult
{
    private static string FailureMessage(RunResult result)
    {
        StringBuilder text = new();
        if (result.Finding is { } finding)
        {
            text.Append(Headline(finding)).Append('\n');
            if (finding.Place is { } place)
            {
                text.Append("  in ").Append(place).Append('\n');
                text.Append(place.Code is null ? "" : $"      {place.Code}\n");
            }

            text.Append(Circumstances(result, finding.Time, finding.Host)).Append('\n');
        }
        else
        {
            text.Append(result).Append('\n');
        }

        AddWaiters(text, result);
        AddRepetition(text, result);
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The exception's own message, or the property and what is wrong with it.</summary>
    private static string Headline(Finding finding) =>
        finding.Error is null ? $"{finding.Property}: {finding.Detail}"
        : FailureText.Uncaught(finding.Property) is { } who ? $"{who} ({finding.Property}): {finding.Detail}"
        : finding.Detail;

    private static string Circumstances(RunResult result, TimeSpan time, string host)
    {
        string seed = result.Seed is { } number ? string.Create(CultureInfo.InvariantCulture, $", seed {number}") : "";
        string faults = result.Faults is null ? "" : $", faults {result.Faults}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Outcome} on {host} at {time.TotalSeconds:0.#######} s of virtual time, after {result.Steps} steps{seed}{faults}."
        );
    }

    private static void AddWaiters(StringBuilder text, RunResult result)
    {
        if (result.Waiters.Count > 0)
        {
            text.Append("Who waits for what:\n");
            foreach (Waiter waiter in result.Waiters)
            {
                text.Append("- ").Append(waiter.ToString().ReplaceLineEndings("\n  ")).Append('\n');
            }
        }
        else if (
            result.Finding is { IsAboutWaiting: true }
            || result.Outcome is RunOutcome.Deadlocked or RunOutcome.StepLimitReached or RunOutcome.TimeLimitReached
        )
        {
            text.Append("To see who waits for what, run it with new RunLimits { ExplainWaits = true }.\n");
        }
    }

    private static void AddRepetition(StringBuilder text, RunResult result)
    {
        if (result is { Seed: { } seed, Faults: { } faults })
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"To run it again: new SimulatedWorld(seed: {seed}, {ProfileText(faults)}).\n"
            );
        }
        else if (result.Faults is not null)
        {
            text.Append(
                "To run it again: a new SimulatedWorld with the same faults, and Replayed() of this one as its choices.\n"
            );
        }
    }

    private static string ProfileText(FaultProfile faults) =>
        ReferenceEquals(FaultProfiles.Find(faults.Name), faults)
            ? $"FaultProfiles.Find(\"{faults.Name}\")"
            : "the same faults";
}
