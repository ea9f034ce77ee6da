using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Timed;

namespace Deterministic.Simulation.Disruptions;

/// <summary>Makes the disruption of a host that a rule asks for this time.</summary>
internal sealed class HostDisruptions(SimulatedWorld world, TargetSelector<SimulatedHost> targets)
{
    /// <summary>The disruption, or null if no host is there to be struck: only programs can be stopped, so that a host without one keeps its life.</summary>
    public Disruption? Create(FaultRule rule) =>
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

    private HostDisruption? Crash(FaultRule rule) =>
        targets.Host(rule, IsUp) is { } host
            ? OfThisLife(host, lasts: null, static one => one.Crash(), static one => one.Restart())
            : null;

    private HostDisruption? Bounce(FaultRule rule) =>
        OfProgram(rule, static host => host.Crash(), static host => host.Restart());

    private HostDisruption? Throttle(FaultRule rule)
    {
        TimeSpan step = TimeSpan.FromMicroseconds(Math.Min(rule.Amount, (long)DurationRange.Longest.TotalMicroseconds));
        return OfProgram(rule, host => host.Processor.BeginFault(step), host => host.Processor.EndFault(step));
    }

    private HostDisruption? OfProgram(FaultRule rule, Action<SimulatedHost> does, Action<SimulatedHost> undoes) =>
        targets.Host(rule, IsUp) is { } host ? OfThisLife(host, rule.DrawTime(world.Choices), does, undoes) : null;

    private HostDisruption? Drift(FaultRule rule)
    {
        if (targets.Host(rule) is not { } host)
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
        if (targets.Host(rule) is not { } host)
        {
            return null;
        }

        TimeSpan step = rule.DrawTime(world.Choices);
        step = IsBehind() ? -step : step;
        return new ClockStep(host.Clock, step) { Victim = host.Name, Lasts = null };
    }

    /// <summary>Undone only if the host has not come up anew meanwhile, whoever restarted it: a later disruption is not for this fault to end.</summary>
    private static HostDisruption OfThisLife(
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

    private static HostDisruption Lasting(
        SimulatedHost host,
        TimeSpan? lasts,
        Action<SimulatedHost> does,
        Action<SimulatedHost> undoes
    ) => new(host, does, undoes) { Victim = host.Name, Lasts = lasts };

    private bool IsBehind() => world.Choices.Choose(ChoiceKind.Fault, 2) == 1;

    private static bool IsUp(SimulatedHost host) => host is { HasProgram: true, State: HostState.Running };
}
