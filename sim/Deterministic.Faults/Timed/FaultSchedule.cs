using Deterministic.Exploration;

namespace Deterministic.Faults.Timed;

/// <summary>When a rule strikes that strikes at points in time.</summary>
internal static class FaultSchedule
{
    /// <summary>The length of a run for which the means of scaled rules are meant.</summary>
    private static readonly TimeSpan FullRun = TimeSpan.FromMinutes(1);

    /// <summary>The shortest scaled mean: the length of a packet's travel, below which faults only pile up.</summary>
    private static readonly TimeSpan ShortestMean = TimeSpan.FromMilliseconds(1);

    /// <summary>The first time, since the beginning.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="choices">Decides.</param>
    /// <param name="calmTime">As <see cref="FaultProfile.CalmTime"/>.</param>
    public static TimeSpan First(FaultRule rule, ChoiceSource choices, TimeSpan? calmTime = null) =>
        rule.Trigger.Kind switch
        {
            FaultTriggerKind.At => rule.Trigger.Time,
            FaultTriggerKind.Every => rule.Begin + Pause(rule, choices, TimeSpan.Zero, calmTime),
            _ => rule.Begin,
        };

    /// <summary>From one time to the next, of a rule that strikes again and again: from twice the mean down to a microsecond. Choice 0 is the latest.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="choices">Decides.</param>
    /// <param name="now">Virtual time since the rule's beginning.</param>
    /// <param name="calmTime">As <see cref="FaultProfile.CalmTime"/>.</param>
    public static TimeSpan Pause(FaultRule rule, ChoiceSource choices, TimeSpan now, TimeSpan? calmTime = null)
    {
        int longest = (int)(2 * Mean(rule, now, calmTime)).TotalMicroseconds;
        return TimeSpan.FromMicroseconds(longest - choices.Choose(ChoiceKind.Fault, longest));
    }

    private static TimeSpan Mean(FaultRule rule, TimeSpan now, TimeSpan? calmTime)
    {
        TimeSpan mean = rule.Trigger.Time;
        if (!rule.IsScaledToRun || calmTime is not { } calm || calm >= FullRun || now >= calm)
        {
            return mean;
        }

        TimeSpan scaled = mean * (calm / FullRun);
        return scaled > ShortestMean ? scaled
            : mean < ShortestMean ? mean
            : ShortestMean;
    }
}
