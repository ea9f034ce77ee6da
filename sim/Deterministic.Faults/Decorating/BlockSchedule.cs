using Deterministic.Faults.Engine;
using Deterministic.Faults.Timed;

namespace Deterministic.Faults.Decorating;

/// <summary>
/// The faults that strike at points in time, on top of a network that has no timers of theirs: what has struck since the last question is worked out when a host wants to send. So a
/// network that is not used costs nothing and need not be disposed of.
/// </summary>
/// <remarks>A partition holds what is sent, as a clog does: a live connection below cannot lose a byte of it.</remarks>
internal sealed class BlockSchedule
{
    /// <summary>How often one rule is caught up with at once: after a day without traffic not every strike of it matters.</summary>
    private const int MostStrikesAtOnce = 1000;

    private readonly IFaultEnvironment _environment;
    private readonly TimedFaultPlanner _planner;
    private readonly List<TimedRule> _rules;

    /// <summary>What is blocked, in the time of the environment.</summary>
    private readonly List<PathBlock> _blocks = [];

    public BlockSchedule(
        IReadOnlyList<ActiveRule> rules,
        IFaultEnvironment environment,
        Func<IEnumerable<string>> hosts
    )
    {
        _environment = environment;
        _planner = new TimedFaultPlanner(new TargetSelector(hosts, environment.Choices), environment.Choices);
        _rules = [.. rules.Select(rule => new TimedRule(rule, FaultSchedule.First(rule.Rule, environment.Choices)))];
        IsIdle = _rules.Count == 0;
    }

    /// <summary>Whether there is no such rule.</summary>
    public bool IsIdle { get; }

    /// <summary>Until when nothing passes from one host to another; a time in the past if the way is open.</summary>
    public TimeSpan BlockedUntil(string from, string to)
    {
        TimeSpan now = _environment.Now;
        foreach (TimedRule rule in _rules)
        {
            CatchUp(rule, now);
        }

        _blocks.RemoveAll(block => block.End <= now);
        return _blocks
            .Where(block => block.Begin <= now && block.Covers(from, to))
            .Select(block => block.End)
            .DefaultIfEmpty(TimeSpan.Zero)
            .Max();
    }

    public void Stop()
    {
        _rules.Clear();
        _blocks.Clear();
    }

    private void CatchUp(TimedRule rule, TimeSpan now)
    {
        for (int strikes = 0; rule.Next is { } time && time <= now; strikes++)
        {
            bool again = rule.Rule.Trigger.Kind == FaultTriggerKind.Every;
            TimeSpan strike = rule.IsOwed ? now : time;
            if (rule.Active.IsOpen(strike) && !TryStrike(rule, strike) && !again)
            {
                rule.IsOwed = true;
                return;
            }

            TimeSpan from = strikes < MostStrikesAtOnce ? time : now;
            rule.Next =
                again && !rule.Active.IsSpent(time)
                    ? from + FaultSchedule.Pause(rule.Rule, _environment.Choices, from)
                    : null;
        }
    }

    /// <returns>Whether there was a target.</returns>
    private bool TryStrike(TimedRule rule, TimeSpan time)
    {
        if (_planner.Plan(rule.Rule) is not { } fault)
        {
            return false;
        }

        rule.Active.CountStrike();
        _blocks.AddRange(
            fault.Blocks.Select(block => block with { Begin = time + block.Begin, End = time + block.End })
        );
        _environment.Note(rule.Rule, new InjectionPoint(fault.Target, fault.Peer), fault.Lasts.GetValueOrDefault());
        return true;
    }
}
