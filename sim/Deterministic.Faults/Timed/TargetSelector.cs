using Deterministic.Exploration;
using Deterministic.Exploration.Randomness;

namespace Deterministic.Faults.Timed;

/// <summary>Picks hosts, by name, and ways between them for a rule. A choice is drawn only where the rule leaves one.</summary>
/// <param name="all">The hosts that there are, in an order that is the same in every run.</param>
/// <param name="choices">Where choices are drawn from.</param>
internal sealed class TargetSelector(Func<IEnumerable<string>> all, ChoiceSource choices)
{
    /// <summary>A host in scope, or null if there is none.</summary>
    /// <param name="rule">The rule whose scope counts.</param>
    /// <param name="isEligible">What else must hold.</param>
    public string? Host(FaultRule rule, Func<string, bool>? isEligible = null)
    {
        List<string> hosts = [.. InScope(rule).Where(host => isEligible is null || isEligible(host))];
        return hosts.Count == 0 ? null : hosts[choices.Choose(ChoiceKind.Fault, hosts.Count)];
    }

    /// <summary>The way from one host to another in scope, or null if there is none.</summary>
    public (string From, string To)? Pair(FaultRule rule)
    {
        string[] hosts = [.. all()];
        List<(string From, string To)> pairs =
        [
            .. hosts
                .SelectMany(_ => hosts, static (from, to) => (from, to))
                .Where(pair => !ReferenceEquals(pair.from, pair.to) && rule.Scope.Covers(pair.from, pair.to)),
        ];
        return pairs.Count == 0 ? null : pairs[choices.Choose(ChoiceKind.Fault, pairs.Count)];
    }

    /// <summary>Each host in scope is in one half or the other; neither is empty where there are two hosts or more.</summary>
    public (IReadOnlyList<string> One, IReadOnlyList<string> Other) Halves(FaultRule rule)
    {
        List<string> hosts = [.. InScope(rule)];
        if (hosts.Count < 2)
        {
            return (hosts, []);
        }

        // The last host goes into the half that is empty, if there is one.
        ILookup<int, string> halves = hosts[1..^1].ToLookup(_ => choices.Choose(ChoiceKind.Fault, 2));
        bool lastIsInOther = !halves.Contains(1) || choices.Choose(ChoiceKind.Fault, 2) == 1;
        List<string> one = [hosts[0], .. halves[0]];
        List<string> other = [.. halves[1]];
        (lastIsInOther ? other : one).Add(hosts[^1]);
        return (one, other);
    }

    /// <summary>Some hosts in scope, at least one if there is any, in an order that is drawn.</summary>
    public IReadOnlyList<string> Some(FaultRule rule)
    {
        List<string> hosts = [.. InScope(rule)];
        int count = hosts.Count == 0 ? 0 : choices.Between(ChoiceKind.Fault, 1, hosts.Count);
        return choices.Sample(ChoiceKind.Fault, hosts, count);
    }

    private IEnumerable<string> InScope(FaultRule rule) => all().Where(rule.Scope.Covers);
}
