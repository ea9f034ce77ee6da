using Deterministic.Exploration;

namespace Deterministic.Faults.Engine;

/// <summary>A rule at work in one run: counts its opportunities and how often it has struck.</summary>
internal sealed class ActiveRule(FaultRule rule)
{
    private readonly Dictionary<(string From, string To), PersistentFault> _standing = [];
    private long _opportunities;
    private int _struck;

    public FaultRule Rule => rule;

    /// <summary>Whether it strikes here and now.</summary>
    public bool ShouldInject(in InjectionPoint site, TimeSpan now, ChoiceSource choices)
    {
        if (!IsOpen(now) || !rule.Scope.Covers(site.From, site.To))
        {
            return false;
        }

        _opportunities++;
        bool strikes = rule.Trigger.Kind switch
        {
            FaultTriggerKind.Nth => _opportunities == rule.Trigger.Value,
            FaultTriggerKind.AfterBytes => site.Before < rule.Trigger.Value
                && site.Before + site.Count >= rule.Trigger.Value,
            _ => choices.Chance(rule.Descriptor.Choice, rule.Trigger.PerMille),
        };
        _struck += strikes ? 1 : 0;
        return strikes;
    }

    /// <summary>Whether it may strike now.</summary>
    public bool IsOpen(TimeSpan now) => now >= rule.Begin && !IsSpent(now);

    /// <summary>A fault that strikes at points in time, and not at an operation, has struck.</summary>
    public void CountStrike() => _struck++;

    /// <summary>Whether it may ever strike again.</summary>
    public bool IsSpent(TimeSpan now) => _struck >= rule.Most || now >= rule.End;

    /// <summary>Its effect between two hosts, or null where or while it has none.</summary>
    /// <param name="from">Who sends.</param>
    /// <param name="to">Who receives.</param>
    /// <param name="now">The time.</param>
    /// <param name="choices">Where it is drawn from, the first time.</param>
    /// <param name="begins">Whether this is the first time.</param>
    public PersistentFault? Stands(string from, string to, TimeSpan now, ChoiceSource choices, out bool begins)
    {
        begins = false;
        if (now < rule.Begin || now >= rule.End || !rule.Scope.Covers(from, to))
        {
            return null;
        }

        if (!_standing.TryGetValue((from, to), out PersistentFault? standing))
        {
            begins = true;
            standing = Begin(choices);
            _standing.Add((from, to), standing);
        }

        return standing.Applies ? standing : null;
    }

    /// <summary>How many more bytes a direction of a connection carries before the rule strikes behind the last of them.</summary>
    public long BytesLeft(in InjectionPoint site, TimeSpan now) =>
        rule.Trigger.Kind == FaultTriggerKind.AfterBytes
        && rule.Trigger.Value > site.Before
        && IsOpen(now)
        && rule.Scope.Covers(site.From, site.To)
            ? rule.Trigger.Value - site.Before
            : long.MaxValue;

    private PersistentFault Begin(ChoiceSource choices)
    {
        bool applies = _struck < rule.Most && choices.Chance(rule.Descriptor.Choice, rule.Trigger.PerMille);
        if (!applies)
        {
            return new PersistentFault(Applies: false, TimeSpan.Zero, Queue: null);
        }

        _struck++;
        bool isLine = rule.Kind is FaultKind.Bandwidth or FaultKind.Bufferbloat;
        return new PersistentFault(
            Applies: true,
            rule.DrawTime(choices),
            isLine ? new LinkQueue(rule.Amount, checked((int)rule.Spread)) : null
        );
    }
}
