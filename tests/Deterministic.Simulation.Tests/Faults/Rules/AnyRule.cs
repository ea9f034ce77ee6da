using Deterministic.Faults;
using FsCheck;
using FsCheck.Fluent;

namespace Deterministic.Simulation.Tests;

/// <summary>Any rule that the methods can build.</summary>
internal static class AnyRule
{
    private static readonly Gen<string?> Hosts = Gen.Elements<string?>(
        null,
        "a",
        "server-1",
        "Ä",
        "x=y",
        "10.0.0.1",
        ".."
    );

    private static readonly Gen<TimeSpan> Times = Gen.OneOf(
        Gen.Choose(0, 1000).Select(seconds => TimeSpan.FromSeconds(seconds)),
        Gen.Choose(0, 1_000_000_000).Select(micros => TimeSpan.FromMicroseconds(micros)),
        Gen.Choose(0, 1_000_000).Select(ticks => TimeSpan.FromTicks(ticks))
    );

    private static readonly Gen<FaultTrigger> Triggers = Gen.OneOf(
        Gen.Constant(default(FaultTrigger)),
        Gen.Choose(0, 1000).Select(FaultTrigger.Probability),
        Gen.Choose(1, int.MaxValue).Select(number => FaultTrigger.Nth(number)),
        Gen.Choose(1, int.MaxValue).Select(bytes => FaultTrigger.AfterBytes(1000L * bytes)),
        Times.Select(FaultTrigger.At),
        Times.Where(time => time >= TimeSpan.FromMicroseconds(1)).Select(FaultTrigger.Every)
    );

    private static readonly Gen<LatencyDistribution> Distributions =
        from one in Times
        from other in Times
        from share in Gen.Choose(0, 1000)
        from shape in Gen.Choose(0, 4)
        let least = one < other ? one : other
        let most = one < other ? other : one
        select shape switch
        {
            0 => LatencyDistribution.Uniform(least, most),
            1 => LatencyDistribution.Normal(least / 10, most / 10),
            2 => LatencyDistribution.Exponential(least / 50, most / 50),
            3 => LatencyDistribution.Pareto(
                least + TimeSpan.FromTicks(1),
                (share + 1) / 17.0,
                most + TimeSpan.FromTicks(1)
            ),
            _ => LatencyDistribution.Bimodal(least, most, share),
        };

    public static Arbitrary<FaultRule> Rules() =>
        (
            from fault in Gen.Elements<FaultDescriptor>(FaultCatalog.All)
            from trigger in Triggers
            from one in Hosts
            from other in Hosts
            from bothWays in Gen.Elements(true, false)
            from most in Gen.Elements(0, 1, 7, int.MaxValue)
            from begin in Times
            from length in Times
            from bounded in Gen.Choose(0, 2)
            from time in Times
            from amount in Gen.Choose(1, int.MaxValue)
            from spread in Gen.Choose(1500, int.MaxValue)
            from distribution in Distributions
            select Build(
                fault,
                trigger,
                new FaultScope(one, other, bothWays),
                most,
                (begin, length, bounded),
                time,
                amount,
                spread,
                distribution
            )
        ).ToArbitrary();

    private static FaultRule Build(
        FaultDescriptor fault,
        FaultTrigger trigger,
        FaultScope scope,
        int most,
        (TimeSpan Begin, TimeSpan Length, int Bounded) span,
        TimeSpan time,
        int amount,
        int spread,
        LatencyDistribution distribution
    )
    {
        FaultRule rule = new(fault.Kind);
        rule = IsTaken(() => rule.When(trigger)) ? rule.When(trigger) : rule;
        rule = IsTaken(() => rule.Within(scope)) ? rule.Within(scope) : rule;
        rule = most > 0 ? rule.AtMost(most) : rule;
        rule = span.Bounded switch
        {
            1 when span.Length > TimeSpan.Zero => rule.During(span.Begin, span.Begin + span.Length),
            2 => rule.During(span.Begin, TimeSpan.MaxValue),
            _ => rule,
        };
        rule = fault.Settings.HasFlag(FaultSetting.Time) ? rule.For(time / 2, time) : rule;
        rule = fault.Settings.HasFlag(FaultSetting.Distribution) ? rule.Of(distribution) : rule;
        return fault.Settings switch
        {
            var settings when settings.HasFlag(FaultSetting.Spread) => rule.Of(amount, spread),
            var settings when settings.HasFlag(FaultSetting.Amount) => rule.Of(amount),
            _ => rule,
        };
    }

    private static bool IsTaken(Func<FaultRule> change) => Xunit.Record.Exception(change) is null;
}
