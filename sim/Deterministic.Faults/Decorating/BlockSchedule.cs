using Deterministic.Exploration;
using Deterministic.Exploration.Randomness;
using Deterministic.Faults.Engine;
using Deterministic.Faults.Timed;

namespace Deterministic.Faults.Decorating;

/// <summary>
/// The faults that strike at points in time, where nobody keeps the time: whoever wants to send asks, and only then what has struck since the last question is worked out.
/// So a network that nobody uses has no timers, and nothing to be disposed of.
/// </summary>
/// <remarks>A partition holds what is sent, as a clog does: a live connection below cannot lose a byte of it.</remarks>
internal sealed class BlockSchedule
{
    /// <summary>So often one rule is caught up with at once: who was idle for a day need not know all that did not hit it.</summary>
    private const int MostStrikesAtOnce = 1000;

    private readonly IFaultEnvironment _stage;
    private readonly TargetSelector<string> _targets;
    private readonly List<TimedRule> _rules;
    private readonly List<DirectionBlock> _blocks = [];

    public BlockSchedule(IReadOnlyList<ActiveRule> rules, IFaultEnvironment stage, Func<IEnumerable<string>> hosts)
    {
        _stage = stage;
        _targets = new TargetSelector<string>(hosts, static host => host, stage.Choices);
        _rules = [.. rules.Select(rule => new TimedRule(rule, FaultSchedule.First(rule.Rule, stage.Choices)))];
        IsIdle = _rules.Count == 0;
    }

    /// <summary>Whether there is no such rule.</summary>
    public bool IsIdle { get; }

    /// <summary>Until when nothing passes from one host to another; a time that has passed if it is open.</summary>
    public TimeSpan BlockedUntil(string from, string to)
    {
        TimeSpan now = _stage.Now;
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
            if (rule.Armed.IsOpen(strike) && !TryStrike(rule, strike) && !again)
            {
                rule.IsOwed = true;
                return;
            }

            TimeSpan from = strikes < MostStrikesAtOnce ? time : now;
            rule.Next =
                again && !rule.Armed.IsSpent(time) ? from + FaultSchedule.Pause(rule.Rule, _stage.Choices, from) : null;
        }
    }

    /// <returns>Whether there is somebody to be struck.</returns>
    private bool TryStrike(TimedRule rule, TimeSpan time)
    {
        switch (rule.Rule.Kind)
        {
            case FaultKind.ClogSend:
                return TryStrikeHost(rule, time, static (host, from, to) => IsHost(from, host) && !IsHost(to, host));
            case FaultKind.ClogReceive:
                return TryStrikeHost(rule, time, static (host, from, to) => IsHost(to, host) && !IsHost(from, host));
            case FaultKind.Isolate:
                return TryStrikeHost(rule, time, IsAtOneEnd);
            case FaultKind.ClogPair or FaultKind.Partition:
                return TryStrikePair(rule, time, bothWays: true);
            case FaultKind.Hold or FaultKind.PartitionOneWay:
                return TryStrikePair(rule, time, bothWays: false);
            case FaultKind.RandomHalves:
                return TryStrikeHalves(rule, time);
            default:
                return TryStrikeSome(rule, time);
        }
    }

    private bool TryStrikeHost(TimedRule rule, TimeSpan time, Func<string, string, string, bool> covers)
    {
        if (_targets.Host(rule.Rule) is not { } host)
        {
            return false;
        }

        Strike(rule, time, host, host, (from, to) => covers(host, from, to));
        return true;
    }

    private bool TryStrikePair(TimedRule rule, TimeSpan time, bool bothWays)
    {
        if (_targets.Pair(rule.Rule) is not var (one, other))
        {
            return false;
        }

        Strike(rule, time, one, other, new FaultScope(one, other, bothWays).Covers);
        return true;
    }

    private bool TryStrikeHalves(TimedRule rule, TimeSpan time)
    {
        (IReadOnlyList<string> one, IReadOnlyList<string> other) = _targets.Halves(rule.Rule);
        if (one.Count == 0 || other.Count == 0)
        {
            return false;
        }

        Strike(
            rule,
            time,
            one[0],
            other[0],
            (from, to) => (Has(one, from) && Has(other, to)) || (Has(one, to) && Has(other, from))
        );
        return true;
    }

    /// <summary>Some hosts are cut off one by one, and come back one by one in another order.</summary>
    private bool TryStrikeSome(TimedRule rule, TimeSpan time)
    {
        IReadOnlyList<string> cut = _targets.Some(rule.Rule);
        if (cut.Count == 0)
        {
            return false;
        }

        TimeSpan step = rule.Rule.DrawTime(_stage.Choices);
        List<string> heal = _stage.Choices.Shuffle(ChoiceKind.Fault, cut);
        for (int steps = 0; steps < cut.Count; steps++)
        {
            string host = cut[steps];
            TimeSpan end = time + ((cut.Count + heal.IndexOf(host)) * step);
            _blocks.Add(new DirectionBlock((from, to) => IsAtOneEnd(host, from, to), time + (steps * step), end));
        }

        rule.Armed.CountStrike();
        _stage.Note(rule.Rule, new InjectionPoint(cut[0], cut[0]), 2 * cut.Count * step);
        return true;
    }

    private void Strike(TimedRule rule, TimeSpan time, string from, string to, Func<string, string, bool> covers)
    {
        TimeSpan lasts = rule.Rule.DrawTime(_stage.Choices);
        rule.Armed.CountStrike();
        _blocks.Add(new DirectionBlock(covers, time, time + lasts));
        _stage.Note(rule.Rule, new InjectionPoint(from, to), lasts);
    }

    /// <summary>What a host sends itself passes whatever happens outside.</summary>
    private static bool IsAtOneEnd(string host, string from, string to) => IsHost(from, host) != IsHost(to, host);

    private static bool Has(IEnumerable<string> hosts, string name) => hosts.Contains(name, StringComparer.Ordinal);

    private static bool IsHost(string name, string host) => string.Equals(name, host, StringComparison.Ordinal);
}
