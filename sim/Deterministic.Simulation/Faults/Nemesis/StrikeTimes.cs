namespace Deterministic.Simulation;

/// <summary>When a rule strikes that strikes at points in time.</summary>
internal static class StrikeTimes
{
    /// <summary>The first time, since the beginning.</summary>
    public static TimeSpan First(FaultRule rule, ChoiceSource choices) =>
        rule.Trigger.Kind switch
        {
            FaultTriggerKind.At => rule.Trigger.Time,
            FaultTriggerKind.Every => rule.Begin + Pause(rule, choices),
            _ => rule.Begin,
        };

    /// <summary>From one time to the next, of a rule that strikes again and again: from twice the mean down to a microsecond. Choice 0 is the latest.</summary>
    public static TimeSpan Pause(FaultRule rule, ChoiceSource choices)
    {
        int longest = (int)(2 * rule.Trigger.Time).TotalMicroseconds;
        return TimeSpan.FromMicroseconds(longest - choices.Choose(ChoiceKind.Fault, longest));
    }
}
