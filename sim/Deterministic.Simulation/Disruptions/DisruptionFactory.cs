using Deterministic.Exploration;
using Deterministic.Exploration.Randomness;
using Deterministic.Faults;
using Deterministic.Faults.Timed;

namespace Deterministic.Simulation.Disruptions;

/// <summary>Makes of a rule what it does this time: who is struck, and for how long.</summary>
internal sealed class DisruptionFactory(SimulatedWorld world)
{
    private readonly TargetSelector<SimulatedHost> _targets = TargetsOf(world);
    private readonly HostDisruptions _hosts = new(world, TargetsOf(world));

    /// <summary>The disruption, or null if nobody is there to be struck.</summary>
    public Disruption? Create(FaultRule rule) =>
        rule.Kind switch
        {
            FaultKind.ClogSend => OneHost(rule, LinksFrom, LinkState.Held),
            FaultKind.ClogReceive => OneHost(rule, LinksTo, LinkState.Held),
            FaultKind.Isolate => OneHost(rule, host => [.. LinksFrom(host), .. LinksTo(host)], LinkState.Partitioned),
            FaultKind.ClogPair => OnePair(rule, BothWays, LinkState.Held),
            FaultKind.Hold => OnePair(rule, OneWay, LinkState.Held),
            FaultKind.Partition => OnePair(rule, BothWays, LinkState.Partitioned),
            FaultKind.PartitionOneWay => OnePair(rule, OneWay, LinkState.Partitioned),
            FaultKind.RandomHalves => Halves(rule),
            FaultKind.Swizzle => Swizzled(rule),
            _ => _hosts.Create(rule),
        };

    private BlockedLinks? OneHost(
        FaultRule rule,
        Func<SimulatedHost, IEnumerable<SimulatedLink>> links,
        LinkState state
    ) => _targets.Host(rule) is { } host ? Block(host.Name, links(host), state, rule.DrawTime(world.Choices)) : null;

    private BlockedLinks? OnePair(
        FaultRule rule,
        Func<SimulatedHost, SimulatedHost, IEnumerable<SimulatedLink>> links,
        LinkState state
    ) =>
        _targets.Pair(rule) is var (from, to)
            ? Block(from.Name, links(from, to), state, rule.DrawTime(world.Choices))
            : null;

    private BlockedLinks? Halves(FaultRule rule)
    {
        (IReadOnlyList<SimulatedHost> one, IReadOnlyList<SimulatedHost> other) = _targets.Halves(rule);
        return one.Count == 0 || other.Count == 0
            ? null
            : Block(
                one[0].Name,
                one.SelectMany(here => other.SelectMany(there => BothWays(here, there))),
                LinkState.Partitioned,
                rule.DrawTime(world.Choices)
            );
    }

    private Swizzle? Swizzled(FaultRule rule)
    {
        IReadOnlyList<SimulatedHost> hosts = _targets.Some(rule);
        if (hosts.Count == 0)
        {
            return null;
        }

        TimeSpan step = rule.DrawTime(world.Choices);
        List<BlockedLinks> cut =
        [
            .. hosts.Select(host =>
                Block(host.Name, [.. LinksFrom(host), .. LinksTo(host)], LinkState.Partitioned, step)
            ),
        ];
        List<BlockedLinks> heal = world.Choices.Shuffle(ChoiceKind.Fault, cut);
        return new Swizzle(world.Scheduler, cut, heal, step) { Victim = hosts[0].Name, Lasts = 2 * hosts.Count * step };
    }

    private static BlockedLinks Block(
        string target,
        IEnumerable<SimulatedLink> links,
        LinkState state,
        TimeSpan time
    ) => new([.. links], state) { Victim = target, Lasts = time };

    private IEnumerable<SimulatedLink> LinksFrom(SimulatedHost host) =>
        Others(host).Select(other => world.Network.Link(host, other));

    private IEnumerable<SimulatedLink> LinksTo(SimulatedHost host) =>
        Others(host).Select(other => world.Network.Link(other, host));

    private IEnumerable<SimulatedLink> OneWay(SimulatedHost from, SimulatedHost to) => [world.Network.Link(from, to)];

    private IEnumerable<SimulatedLink> BothWays(SimulatedHost one, SimulatedHost other) =>
        [world.Network.Link(one, other), world.Network.Link(other, one)];

    private IEnumerable<SimulatedHost> Others(SimulatedHost host) => world.Network.Hosts.Where(other => other != host);

    private static TargetSelector<SimulatedHost> TargetsOf(SimulatedWorld world) =>
        new(() => world.Network.Hosts, static host => host.Name, world.Choices);
}
