using Deterministic.Faults;
using Deterministic.Faults.Timed;
using Deterministic.Simulation.Hosts;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Disruptions;

/// <summary>What a planned fault does to the links and hosts of a simulated world.</summary>
internal sealed class DisruptionSteps(SimulatedNetwork network)
{
    public IReadOnlyList<DisruptionStep> Of(TimedFault fault) =>
        fault.Blocks.Count > 0
            ? [.. fault.Blocks.Select(block => OfBlock(fault, block))]
            : [OfHost(fault, network.Hosts.First(host => Is(host, fault.Target)))];

    /// <summary>Links that hold or lose what they carry.</summary>
    private DisruptionStep OfBlock(TimedFault fault, PathBlock block)
    {
        LinkState state = fault.Holds ? LinkState.Held : LinkState.Partitioned;
        NetworkLink[] links =
        [
            .. network
                .Hosts.SelectMany(_ => network.Hosts, static (from, to) => (from, to))
                .Where(way => way.from != way.to && block.Covers(way.from.Name, way.to.Name))
                .Select(way => network.Link(way.from, way.to)),
        ];
        return new DisruptionStep(
            block.Begin,
            block.End < fault.Lasts ? block.End : null,
            () => Array.ForEach(links, link => link.Block(state)),
            () => Array.ForEach(links, link => link.Unblock(state))
        );
    }

    private static DisruptionStep OfHost(TimedFault fault, IHost host)
    {
        FaultRule rule = fault.Rule;
        switch (rule.Kind)
        {
            case FaultKind.Crash or FaultKind.Bounce:
                return OfIncarnation(host, () => host.Crash(), host.Restart);
            case FaultKind.Pause:
                return OfIncarnation(host, host.Pause, host.Resume);
            case FaultKind.Throttle:
                TimeSpan cost = TimeSpan.FromMicroseconds(
                    Math.Min(rule.Amount, (long)DurationRange.Longest.TotalMicroseconds)
                );
                return OfIncarnation(host, () => host.Processor.BeginFault(cost), () => host.Processor.EndFault(cost));
            case FaultKind.ClockDrift:
                long most = Math.Min(rule.Amount, HostClock.MostPartsPerMillion);
                long drift = fault.IsBackward ? -most : most;
                return Step(() => host.Clock.AddFaultDrift(drift), () => host.Clock.AddFaultDrift(-drift));
            default:
                // A clock stays as it was set.
                TimeSpan by = fault.IsBackward ? -fault.Step : fault.Step;
                return Step(() => host.Clock.Step(by), undo: null);
        }
    }

    /// <summary>Undone only if the host was not started again meanwhile: what came after that is not for this fault to end.</summary>
    private static DisruptionStep OfIncarnation(IHost host, Action action, Action undo)
    {
        int incarnation = host.Incarnation;
        return Step(
            action,
            () =>
            {
                if (host.Incarnation == incarnation)
                {
                    undo();
                }
            }
        );
    }

    private static DisruptionStep Step(Action action, Action? undo) => new(TimeSpan.Zero, End: null, action, undo);

    private static bool Is(IHost host, string name) => string.Equals(host.Name, name, StringComparison.Ordinal);
}
