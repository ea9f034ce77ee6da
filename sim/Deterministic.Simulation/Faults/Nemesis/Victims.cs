namespace Deterministic.Simulation;

/// <summary>Picks hosts and links for a rule among those that there are. Choices are drawn only where the rule leaves one.</summary>
internal sealed class Victims(SimulatedWorld world)
{
    /// <summary>A host in scope, or null if there is none.</summary>
    /// <param name="rule">Whose scope.</param>
    /// <param name="isEligible">What else must hold.</param>
    public SimulatedHost? Host(FaultRule rule, Func<SimulatedHost, bool>? isEligible = null)
    {
        List<SimulatedHost> hosts =
        [
            .. world.Network.Hosts.Where(host =>
                rule.Scope.Covers(host.Name) && (isEligible is null || isEligible(host))
            ),
        ];
        return hosts.Count == 0 ? null : hosts[world.Choices.Choose(ChoiceKind.Fault, hosts.Count)];
    }

    /// <summary>The way from one host to another in scope, or null if there is none.</summary>
    public (SimulatedHost From, SimulatedHost To)? Pair(FaultRule rule)
    {
        List<(SimulatedHost From, SimulatedHost To)> pairs =
        [
            .. world
                .Network.Hosts.SelectMany(from => world.Network.Hosts.Where(to => to != from), (from, to) => (from, to))
                .Where(pair => rule.Scope.Covers(pair.from.Name, pair.to.Name)),
        ];
        return pairs.Count == 0 ? null : pairs[world.Choices.Choose(ChoiceKind.Fault, pairs.Count)];
    }

    /// <summary>Each host in scope is in one half or the other; neither is empty where there are two hosts or more.</summary>
    public (IReadOnlyList<SimulatedHost> One, IReadOnlyList<SimulatedHost> Other) Halves(FaultRule rule)
    {
        List<SimulatedHost> hosts = [.. world.Network.Hosts.Where(host => rule.Scope.Covers(host.Name))];
        if (hosts.Count < 2)
        {
            return (hosts, []);
        }

        // The last host is where nobody else is, if there is such a half.
        ILookup<int, SimulatedHost> halves = hosts[1..^1].ToLookup(_ => world.Choices.Choose(ChoiceKind.Fault, 2));
        bool lastIsInOther = !halves.Contains(1) || world.Choices.Choose(ChoiceKind.Fault, 2) == 1;
        List<SimulatedHost> one = [hosts[0], .. halves[0]];
        List<SimulatedHost> other = [.. halves[1]];
        (lastIsInOther ? other : one).Add(hosts[^1]);
        return (one, other);
    }

    /// <summary>Some hosts in scope, at least one if there is any, in an order of the tape's.</summary>
    public IReadOnlyList<SimulatedHost> Some(FaultRule rule)
    {
        List<SimulatedHost> left = [.. world.Network.Hosts.Where(host => rule.Scope.Covers(host.Name))];
        int count = left.Count == 0 ? 0 : world.Choices.Between(ChoiceKind.Fault, 1, left.Count);
        List<SimulatedHost> some = [];
        while (some.Count < count)
        {
            int place = world.Choices.Choose(ChoiceKind.Fault, left.Count);
            some.Add(left[place]);
            left.RemoveAt(place);
        }

        return some;
    }
}
