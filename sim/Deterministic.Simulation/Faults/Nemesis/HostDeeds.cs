namespace Deterministic.Simulation;

/// <summary>Makes of a rule what befalls a host this time.</summary>
internal sealed class HostDeeds(SimulatedWorld world, Victims<SimulatedHost> victims)
{
    /// <summary>The deed, or null if no host is there to be struck: only programs can be stopped, so that a host without one keeps its life.</summary>
    public HostDeed? Create(FaultRule rule) =>
        rule.Kind switch
        {
            FaultKind.Crash => Crash(rule),
            FaultKind.Bounce => Bounce(rule),
            FaultKind.Pause => OfProgram(rule, host => host.Pause(), host => host.Resume()),
            FaultKind.Throttle => OfProgram(
                rule,
                host => host.Throttle(TimeSpan.FromMicroseconds(rule.Amount)),
                host => host.Throttle(TimeSpan.Zero)
            ),
            FaultKind.ClockDrift => Drift(rule),
            FaultKind.ClockSkew or FaultKind.ClockStep => Step(rule),
            _ => null,
        };

    private HostDeed? Crash(FaultRule rule) =>
        victims.Host(rule, IsUp) is { } host
            ? Lasting(host, lasts: null, one => one.Crash(), static one => one.Restart())
            : null;

    private HostDeed? Bounce(FaultRule rule) => OfProgram(rule, host => host.Crash(), host => host.Restart());

    private HostDeed? OfProgram(FaultRule rule, Action<SimulatedHost> does, Action<SimulatedHost> undoes) =>
        victims.Host(rule, IsUp) is { } host ? Lasting(host, Time(rule), does, undoes) : null;

    private HostDeed? Drift(FaultRule rule)
    {
        if (victims.Host(rule) is not { } host)
        {
            return null;
        }

        int drift = (int)(IsBehind() ? -rule.Amount : rule.Amount);
        return Lasting(
            host,
            Time(rule),
            one => one.Clock.DriftPartsPerMillion += drift,
            one => one.Clock.DriftPartsPerMillion -= drift
        );
    }

    private HostDeed? Step(FaultRule rule)
    {
        if (victims.Host(rule) is not { } host)
        {
            return null;
        }

        TimeSpan step = Time(rule);
        step = IsBehind() ? -step : step;
        return new HostDeed(host, one => one.Clock.Step(step), static _ => { }) { Victim = host.Name, Lasts = null };
    }

    private static HostDeed Lasting(
        SimulatedHost host,
        TimeSpan? lasts,
        Action<SimulatedHost> does,
        Action<SimulatedHost> undoes
    ) => new(host, does, undoes) { Victim = host.Name, Lasts = lasts };

    private TimeSpan Time(FaultRule rule) => rule.Time.Draw(world.Choices, rule.Descriptor.Choice);

    private bool IsBehind() => world.Choices.Choose(ChoiceKind.Fault, 2) == 1;

    private static bool IsUp(SimulatedHost host) => host is { HasProgram: true, State: HostState.Running };
}
