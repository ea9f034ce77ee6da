namespace Deterministic.Simulation;

/// <summary>
/// Asked at every opportunity for a fault whether one strikes. With no rule for it, which is the ordinary case, the answer costs a look into an array and draws no choice.
/// </summary>
internal sealed class FaultInjector
{
    private readonly SimulatedWorld _world;
    private readonly ArmedRule[][] _byKind = new ArmedRule[FaultCatalog.All.Count][];
    private ArmedRule[] _afterBytes;

    public FaultInjector(SimulatedWorld world, FaultProfile profile)
    {
        _world = world;
        ArmedRule[] armed =
        [
            .. profile.Rules.Where(_ => IsInSwarm(profile.SwarmPerMille)).Select(rule => new ArmedRule(rule)),
        ];
        foreach (FaultDescriptor fault in FaultCatalog.All)
        {
            _byKind[(int)fault.Kind] = [.. armed.Where(rule => rule.Rule.Kind == fault.Kind)];
        }

        _afterBytes = [.. armed.Where(rule => rule.Rule.Trigger.Kind == FaultTriggerKind.AfterBytes)];
        AtTimes = [.. armed.Where(rule => rule.Rule.Descriptor.Timing == FaultTiming.AtTimes)];
    }

    /// <summary>The rules that strike at points in time.</summary>
    public IReadOnlyList<ArmedRule> AtTimes { get; }

    /// <summary>From here on no fault strikes.</summary>
    public void Stop()
    {
        Array.Fill(_byKind, []);
        _afterBytes = [];
    }

    /// <summary>The rule that strikes here and now, or null.</summary>
    public FaultRule? Strike(FaultKind kind, in FaultSite site)
    {
        foreach (ArmedRule rule in _byKind[(int)kind])
        {
            if (rule.Strikes(site, _world.Scheduler.Now, _world.Choices))
            {
                return rule.Rule;
            }
        }

        return null;
    }

    /// <summary>As <see cref="Strike"/>, and noted in the trace.</summary>
    public FaultRule? StrikeAndNote(FaultKind kind, in FaultSite site)
    {
        FaultRule? rule = Strike(kind, site);
        if (rule is not null)
        {
            Note(rule, site, TimeSpan.Zero);
        }

        return rule;
    }

    /// <summary>How long a fault lasts that strikes here and now, noted in the trace; zero if none does.</summary>
    public TimeSpan StrikeForTime(FaultKind kind, in FaultSite site)
    {
        if (Strike(kind, site) is not { } rule)
        {
            return TimeSpan.Zero;
        }

        TimeSpan time = rule.Time.Draw(_world.Choices, rule.Descriptor.Choice);
        Note(rule, site, time);
        return time;
    }

    /// <summary>What stands between two hosts, or null.</summary>
    public (FaultRule Rule, StandingFault Standing)? Stands(FaultKind kind, SimulatedHost from, SimulatedHost to)
    {
        foreach (ArmedRule rule in _byKind[(int)kind])
        {
            if (rule.Stands(from, to, _world.Scheduler.Now, _world.Choices, out bool begins) is { } standing)
            {
                if (begins)
                {
                    Note(rule.Rule, new FaultSite(from, to), standing.Time);
                }

                return (rule.Rule, standing);
            }
        }

        return null;
    }

    /// <summary>How many of the bytes of a site may go before a fault strikes right behind them.</summary>
    public int BytesBeforeNext(in FaultSite site)
    {
        long count = site.Count;
        foreach (ArmedRule rule in _afterBytes)
        {
            count = Math.Min(count, rule.BytesLeft(site, _world.Scheduler.Now));
        }

        return (int)count;
    }

    private void Note(FaultRule rule, in FaultSite site, TimeSpan time) =>
        _world.Trace.Record(
            _world.Scheduler.Now,
            site.To.Name,
            site.Connection,
            TraceKind.Fault,
            (long)time.TotalMicroseconds,
            rule.Descriptor.Name
        );

    /// <summary>The upper end means that it is in, so that choice 0 is "without it".</summary>
    private bool IsInSwarm(int leftOutPerMille) => _world.Choices.Chance(ChoiceKind.Fault, 1000 - leftOutPerMille);
}
