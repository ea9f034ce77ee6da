namespace Deterministic.Simulation;

/// <summary>Makes of a rule what befalls a host this time.</summary>
internal sealed class HostDeeds(SimulatedWorld world, Victims<SimulatedHost> victims)
{
    /// <summary>The deed, or null if no host is there to be struck: only programs can be stopped, so that a host without one keeps its life.</summary>
    public Deed? Create(FaultRule rule) =>
        rule.Kind switch
        {
            FaultKind.Crash => Crash(rule),
            FaultKind.Bounce => Bounce(rule),
            FaultKind.Pause => OfProgram(rule, static host => host.Pause(), static host => host.Resume()),
            FaultKind.Throttle => Throttle(rule),
            FaultKind.ClockDrift => Drift(rule),
            FaultKind.ClockSkew or FaultKind.ClockStep => Step(rule),
            _ => null,
        };

    private HostDeed? Crash(FaultRule rule) =>
        victims.Host(rule, IsUp) is { } host
            ? OfThisLife(host, lasts: null, static one => one.Crash(), static one => one.Restart())
            : null;

    private HostDeed? Bounce(FaultRule rule) =>
        OfProgram(rule, static host => host.Crash(), static host => host.Restart());

    private HostDeed? Throttle(FaultRule rule)
    {
        TimeSpan step = TimeSpan.FromMicroseconds(Math.Min(rule.Amount, (long)DurationRange.Longest.TotalMicroseconds));
        return OfProgram(rule, host => host.Processor.BeginFault(step), host => host.Processor.EndFault(step));
    }

    private HostDeed? OfProgram(FaultRule rule, Action<SimulatedHost> does, Action<SimulatedHost> undoes) =>
        victims.Host(rule, IsUp) is { } host ? OfThisLife(host, rule.DrawTime(world.Choices), does, undoes) : null;

    private HostDeed? Drift(FaultRule rule)
    {
        if (victims.Host(rule) is not { } host)
        {
            return null;
        }

        long most = Math.Min(rule.Amount, HostClock.MostPartsPerMillion);
        long drift = IsBehind() ? -most : most;
        return Lasting(
            host,
            rule.DrawTime(world.Choices),
            one => one.Clock.AddFaultDrift(drift),
            one => one.Clock.AddFaultDrift(-drift)
        );
    }

    private ClockStep? Step(FaultRule rule)
    {
        if (victims.Host(rule) is not { } host)
        {
            return null;
        }

        TimeSpan step = rule.DrawTime(world.Choices);
        step = IsBehind() ? -step : step;
        return new ClockStep(host.Clock, step) { Victim = host.Name, Lasts = null };
    }

    /// <summary>Undone only if the host has not come up anew meanwhile, by whosever doing: what has befallen it since is not this fault's to undo.</summary>
    private static HostDeed OfThisLife(
        SimulatedHost host,
        TimeSpan? lasts,
        Action<SimulatedHost> does,
        Action<SimulatedHost> undoes
    )
    {
        int life = host.Incarnation;
        return Lasting(
            host,
            lasts,
            does,
            one =>
            {
                if (one.Incarnation == life)
                {
                    undoes(one);
                }
            }
        );
    }

    private static HostDeed Lasting(
        SimulatedHost host,
        TimeSpan? lasts,
        Action<SimulatedHost> does,
        Action<SimulatedHost> undoes
    ) => new(host, does, undoes) { Victim = host.Name, Lasts = lasts };

    private bool IsBehind() => world.Choices.Choose(ChoiceKind.Fault, 2) == 1;

    private static bool IsUp(SimulatedHost host) => host is { HasProgram: true, State: HostState.Running };
}
