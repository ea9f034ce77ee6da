using Deterministic.Exploration;

namespace Deterministic.Faults.Engine;

/// <summary>
/// Asked at every opportunity for a fault whether one strikes. With no rule for it, which is the ordinary case, the answer costs a look into an array and draws no choice.
/// </summary>
internal sealed class FaultInjector
{
    private readonly IFaultEnvironment _stage;
    private readonly ActiveRule[][] _byKind = new ActiveRule[FaultCatalog.All.Count][];
    private ActiveRule[] _afterBytes;

    public FaultInjector(IFaultEnvironment stage, FaultProfile profile)
    {
        _stage = stage;
        ActiveRule[] armed =
        [
            .. profile.Rules.Where(_ => IsInSwarm(profile.SwarmPerMille)).Select(rule => new ActiveRule(rule)),
        ];
        foreach (FaultDescriptor fault in FaultCatalog.All)
        {
            _byKind[(int)fault.Kind] = [.. armed.Where(rule => rule.Rule.Kind == fault.Kind)];
        }

        _afterBytes = [.. armed.Where(rule => rule.Rule.Trigger.Kind == FaultTriggerKind.AfterBytes)];
        AtTimes = [.. armed.Where(rule => rule.Rule.Descriptor.Timing == FaultTiming.AtTimes)];
    }

    /// <summary>The rules that strike at points in time.</summary>
    public IReadOnlyList<ActiveRule> AtTimes { get; }

    /// <summary>Where decisions come from.</summary>
    public ChoiceSource Choices => _stage.Choices;

    /// <summary>Whether there is no rule at all: it was given none, or the swarm has left them out.</summary>
    public bool IsEmpty => AtTimes.Count == 0 && Array.TrueForAll(_byKind, static rules => rules.Length == 0);

    /// <summary>From here on no fault strikes.</summary>
    public void Stop()
    {
        Array.Fill(_byKind, []);
        _afterBytes = [];
    }

    /// <summary>The rule that strikes here and now, or null.</summary>
    public FaultRule? Strike(FaultKind kind, in InjectionPoint site)
    {
        foreach (ActiveRule rule in _byKind[(int)kind])
        {
            if (rule.ShouldInject(site, _stage.Now, _stage.Choices))
            {
                return rule.Rule;
            }
        }

        return null;
    }

    /// <summary>As <see cref="Strike"/>, and noted in the trace.</summary>
    public FaultRule? StrikeAndNote(FaultKind kind, in InjectionPoint site)
    {
        FaultRule? rule = Strike(kind, site);
        if (rule is not null)
        {
            _stage.Note(rule, site, TimeSpan.Zero);
        }

        return rule;
    }

    /// <summary>As <see cref="Strike"/>, for a fault that cuts a stream.</summary>
    public FaultRule? StrikeCut(FaultKind kind, in InjectionPoint site)
    {
        FaultRule? rule = Strike(kind, site);
        if (rule is not null)
        {
            _stage.NoteCut(rule, site);
        }

        return rule;
    }

    /// <summary>How long a fault lasts that strikes here and now, noted in the trace; zero if none does.</summary>
    public TimeSpan StrikeForTime(FaultKind kind, in InjectionPoint site)
    {
        if (Strike(kind, site) is not { } rule)
        {
            return TimeSpan.Zero;
        }

        TimeSpan time = rule.DrawTime(_stage.Choices);
        _stage.Note(rule, site, time);
        return time;
    }

    /// <summary>What stands between two hosts, or null.</summary>
    public (FaultRule Rule, PersistentFault Standing)? Stands(FaultKind kind, string from, string to)
    {
        foreach (ActiveRule rule in _byKind[(int)kind])
        {
            if (rule.Stands(from, to, _stage.Now, _stage.Choices, out bool begins) is { } standing)
            {
                if (begins)
                {
                    _stage.Note(rule.Rule, new InjectionPoint(from, to), standing.Time);
                }

                return (rule.Rule, standing);
            }
        }

        return null;
    }

    /// <summary>How many of the bytes of a site may go before a fault strikes right behind them.</summary>
    public int BytesBeforeNext(in InjectionPoint site)
    {
        long count = site.Count;
        foreach (ActiveRule rule in _afterBytes)
        {
            count = Math.Min(count, rule.BytesLeft(site, _stage.Now));
        }

        return (int)count;
    }

    /// <summary>The upper end means that it is in, so that choice 0 is "without it".</summary>
    private bool IsInSwarm(int leftOutPerMille) => _stage.Choices.Chance(ChoiceKind.Fault, 1000 - leftOutPerMille);
}
