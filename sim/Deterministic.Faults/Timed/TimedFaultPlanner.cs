using Deterministic.Exploration;
using Deterministic.Exploration.Randomness;

namespace Deterministic.Faults.Timed;

/// <summary>
/// Draws what a rule that strikes at points in time does this time: its target, how long it lasts, and what it blocks. It does nothing itself: a simulated world carries the plan out
/// with links and hosts, and a decorated network holds back what its hosts send.
/// </summary>
/// <remarks>
/// The map of this folder. <see cref="FaultSchedule"/> says when a rule strikes, <see cref="TargetSelector"/> which hosts it concerns; the plan is a <see cref="TimedFault"/>, with a
/// <see cref="PathBlock"/> for each time that ways between hosts carry nothing.
/// </remarks>
/// <param name="targets">Picks targets.</param>
/// <param name="choices">Where the times are drawn from.</param>
/// <param name="isRunning">Whether a program runs on a host that can be stopped there.</param>
internal sealed class TimedFaultPlanner(
    TargetSelector targets,
    ChoiceSource choices,
    Func<string, bool>? isRunning = null
)
{
    /// <summary>The plan, or null if there is no target in the scope of the rule.</summary>
    public TimedFault? Plan(FaultRule rule) =>
        rule.Kind switch
        {
            FaultKind.ClogSend => OfHost(rule, static (host, from, to) => Is(from, host) && !Is(to, host)),
            FaultKind.ClogReceive => OfHost(rule, static (host, from, to) => Is(to, host) && !Is(from, host)),
            FaultKind.Isolate => OfHost(rule, CrossesTo),
            FaultKind.ClogPair or FaultKind.Partition => OfPair(rule, bothWays: true),
            FaultKind.Hold or FaultKind.PartitionOneWay => OfPair(rule, bothWays: false),
            FaultKind.RandomHalves => OfHalves(rule),
            FaultKind.Swizzle => OfSome(rule),
            FaultKind.Crash => OfProgram(rule, static (_, _) => null),
            FaultKind.Bounce or FaultKind.Pause or FaultKind.Throttle => OfProgram(
                rule,
                static (one, from) => one.DrawTime(from)
            ),
            FaultKind.ClockDrift => OfDrift(rule),
            FaultKind.ClockSkew or FaultKind.ClockStep => OfStep(rule),
            _ => null,
        };

    private TimedFault? OfHost(FaultRule rule, Func<string, string, string, bool> covers) =>
        targets.Host(rule) is { } host ? Blocking(rule, host, host, (from, to) => covers(host, from, to)) : null;

    private TimedFault? OfPair(FaultRule rule, bool bothWays) =>
        targets.Pair(rule) is var (from, to)
            ? Blocking(rule, from, to, new FaultScope(from, to, bothWays).Covers)
            : null;

    private TimedFault? OfHalves(FaultRule rule)
    {
        (IReadOnlyList<string> one, IReadOnlyList<string> other) = targets.Halves(rule);
        return one.Count == 0 || other.Count == 0
            ? null
            : Blocking(
                rule,
                one[0],
                other[0],
                (from, to) => (Has(one, from) && Has(other, to)) || (Has(one, to) && Has(other, from))
            );
    }

    /// <summary>Some hosts are cut off one by one, and come back one by one in another order.</summary>
    private TimedFault? OfSome(FaultRule rule)
    {
        IReadOnlyList<string> cut = targets.Some(rule);
        if (cut.Count == 0)
        {
            return null;
        }

        TimeSpan step = rule.DrawTime(choices);
        List<string> healed = choices.Shuffle(ChoiceKind.Fault, cut);
        return new TimedFault(rule, cut[0], cut[0], 2 * cut.Count * step)
        {
            Blocks =
            [
                .. cut.Select(
                    (host, place) =>
                        new PathBlock(
                            (from, to) => CrossesTo(host, from, to),
                            place * step,
                            (cut.Count + healed.IndexOf(host)) * step
                        )
                ),
            ],
        };
    }

    private TimedFault? OfProgram(FaultRule rule, Func<FaultRule, ChoiceSource, TimeSpan?> lasts) =>
        targets.Host(rule, isRunning) is { } host ? new TimedFault(rule, host, host, lasts(rule, choices)) : null;

    private TimedFault? OfDrift(FaultRule rule)
    {
        if (targets.Host(rule) is not { } host)
        {
            return null;
        }

        bool isSlower = DrawIsBackward();
        return new TimedFault(rule, host, host, rule.DrawTime(choices)) { IsBackward = isSlower };
    }

    private TimedFault? OfStep(FaultRule rule)
    {
        if (targets.Host(rule) is not { } host)
        {
            return null;
        }

        TimeSpan step = rule.DrawTime(choices);
        return new TimedFault(rule, host, host, Lasts: null) { Step = step, IsBackward = DrawIsBackward() };
    }

    private TimedFault Blocking(FaultRule rule, string target, string peer, Func<string, string, bool> covers)
    {
        TimeSpan time = rule.DrawTime(choices);
        return new TimedFault(rule, target, peer, time) { Blocks = [new PathBlock(covers, TimeSpan.Zero, time)] };
    }

    private bool DrawIsBackward() => choices.Choose(ChoiceKind.Fault, 2) == 1;

    /// <summary>What a host sends itself passes, whatever happens outside.</summary>
    private static bool CrossesTo(string host, string from, string to) => Is(from, host) != Is(to, host);

    private static bool Has(IEnumerable<string> hosts, string name) => hosts.Contains(name, StringComparer.Ordinal);

    private static bool Is(string name, string host) => string.Equals(name, host, StringComparison.Ordinal);
}
