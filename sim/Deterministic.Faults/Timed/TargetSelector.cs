using Deterministic.Exploration;
using Deterministic.Exploration.Randomness;

namespace Deterministic.Faults.Timed;

/// <summary>Picks hosts and links for a rule among those that there are. Choices are drawn only where the rule leaves one.</summary>
/// <typeparam name="THost">What stands for a host.</typeparam>
/// <param name="all">The hosts that there are, in an order that is the same in every run.</param>
/// <param name="nameOf">A host's name.</param>
/// <param name="choices">Where choices are drawn from.</param>
internal sealed class TargetSelector<THost>(
    Func<IEnumerable<THost>> all,
    Func<THost, string> nameOf,
    ChoiceSource choices
)
    where THost : class
{
    /// <summary>A host in scope, or null if there is none.</summary>
    /// <param name="rule">Whose scope.</param>
    /// <param name="isEligible">What else must hold.</param>
    public THost? Host(FaultRule rule, Func<THost, bool>? isEligible = null)
    {
        List<THost> hosts = [.. InScope(rule).Where(host => isEligible is null || isEligible(host))];
        return hosts.Count == 0 ? null : hosts[choices.Choose(ChoiceKind.Fault, hosts.Count)];
    }

    /// <summary>The way from one host to another in scope, or null if there is none.</summary>
    public (THost From, THost To)? Pair(FaultRule rule)
    {
        List<(THost From, THost To)> pairs =
        [
            .. all()
                .SelectMany(from => all().Where(to => to != from), (from, to) => (from, to))
                .Where(pair => rule.Scope.Covers(nameOf(pair.from), nameOf(pair.to))),
        ];
        return pairs.Count == 0 ? null : pairs[choices.Choose(ChoiceKind.Fault, pairs.Count)];
    }

    /// <summary>Each host in scope is in one half or the other; neither is empty where there are two hosts or more.</summary>
    public (IReadOnlyList<THost> One, IReadOnlyList<THost> Other) Halves(FaultRule rule)
    {
        List<THost> hosts = [.. InScope(rule)];
        if (hosts.Count < 2)
        {
            return (hosts, []);
        }

        // The last host is where nobody else is, if there is such a half.
        ILookup<int, THost> halves = hosts[1..^1].ToLookup(_ => choices.Choose(ChoiceKind.Fault, 2));
        bool lastIsInOther = !halves.Contains(1) || choices.Choose(ChoiceKind.Fault, 2) == 1;
        List<THost> one = [hosts[0], .. halves[0]];
        List<THost> other = [.. halves[1]];
        (lastIsInOther ? other : one).Add(hosts[^1]);
        return (one, other);
    }

    /// <summary>Some hosts in scope, at least one if there is any, in an order of the tape's.</summary>
    public IReadOnlyList<THost> Some(FaultRule rule)
    {
        List<THost> hosts = [.. InScope(rule)];
        int count = hosts.Count == 0 ? 0 : choices.Between(ChoiceKind.Fault, 1, hosts.Count);
        return choices.Sample(ChoiceKind.Fault, hosts, count);
    }

    private IEnumerable<THost> InScope(FaultRule rule) => all().Where(host => rule.Scope.Covers(nameOf(host)));
}
