using Deterministic.Exploration;
using Deterministic.Faults;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Rules as text: what command lines and tapes hold.</summary>
public sealed class RuleTextTests
{
    public static TheoryData<string> Written =>
        [
            "reset",
            "reset on=client>server after-bytes=1000 at-most=1",
            "stall on=a<>b p=30 from=1s until=2.5s for=200ms..2s",
            "hold on=*>b at=7s for=100us",
            "hold on=a>* every=1s for=1500ms",
            "isolate on=db at=1s for=10s",
            "jitter on=*<>db for=0s..40ms",
            "bandwidth amount=1000000",
            "bandwidth amount=1000000 spread=6000",
            "latency latency=pareto:30ms,2,2s",
        ];

    [Property(Arbitrary = [typeof(AnyRule)])]
    public void Every_rule_is_read_back_from_its_text(FaultRule rule)
    {
        FaultRule read = FaultRule.Parse(rule.ToString());
        read.ToString().ShouldBe(rule.ToString());
        read.ShouldSatisfyAllConditions(
            () => read.Kind.ShouldBe(rule.Kind),
            () => read.Scope.ShouldBe(rule.Scope),
            () => read.Trigger.ShouldBe(rule.Trigger),
            () => read.Most.ShouldBe(rule.Most),
            () => (read.Begin, read.End).ShouldBe((rule.Begin, rule.End)),
            () => read.Time.ShouldBe(rule.Time),
            () => (read.Amount, read.Spread).ShouldBe((rule.Amount, rule.Spread)),
            () => read.Distribution?.ToString().ShouldBe(rule.Distribution?.ToString())
        );
    }

    [Fact]
    public void All_rules_of_the_profiles_are_read_back_from_their_texts()
    {
        foreach (FaultRule rule in FaultProfiles.All.SelectMany(profile => profile.Rules))
        {
            FaultRule.Parse(rule.ToString()).ToString().ShouldBe(rule.ToString());
            rule.ToString().Length.ShouldBeLessThan(TapeHeader.MaxTextLength);
        }
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void A_text_is_read_in_any_order_and_with_any_white_space(string text)
    {
        string[] words = text.Split(' ');
        string again = string.Join("  \t", words[..1].Concat(words[1..].Reverse())) + "\n";
        FaultRule.Parse(again).ToString().ShouldBe(FaultRule.Parse(text).ToString());
    }

    [Fact]
    public void A_text_means_what_the_methods_mean()
    {
        FaultRule
            .Parse("reset on=client>server after-bytes=1000 at-most=1")
            .ShouldBe(Fault.AbortAfter(1000).On("client", "server").AtMost(1));
        FaultRule
            .Parse("stall for=200ms..2s p=30 on=a<>b")
            .ShouldBe(Fault.Stall(Ms(200), Seconds(2)).WithProbability(30).Between("a", "b"));
        FaultRule.Parse("bandwidth amount=1000").ShouldBe(Fault.Bandwidth(1000));
        FaultRule.Parse("bufferbloat amount=1000").ShouldBe(Fault.Bufferbloat(1000));
        FaultRule.Parse("slicer amount=10 spread=3").ShouldBe(Fault.Slicer(10, 3));
        FaultRule.Parse("slicer").ShouldBe(Fault.Slicer());
        FaultRule
            .Parse("pause for=1min until=1h from=2min")
            .ShouldBe(Fault.Pause(Seconds(60)).During(Seconds(120), Seconds(3600)));
    }

    [Theory]
    [InlineData("", "There is no fault ''. There are: refused, hang,")]
    [InlineData("rest", "There is no fault 'rest'.")]
    [InlineData("Reset", "There is no fault 'Reset'.")]
    [InlineData("reset p", "at 'p': '' is not a whole number.")]
    [InlineData("reset p=half", "at 'p=half': 'half' is not a whole number.")]
    [InlineData("reset p=1001", "at 'p=1001': perMille ('1001') must be less than or equal to '1000'.")]
    [InlineData("reset p=-1", "at 'p=-1': '-1' is not a whole number.")]
    [InlineData("reset nth=0", "at 'nth=0'")]
    [InlineData("reset nth=99999999999999999999", "is not a whole number.")]
    [InlineData("reset p=1 p=2", "at 'p=2': 'p' is given twice.")]
    [InlineData("reset p=1 nth=2", "at 'nth=2': a fault has one trigger: p, nth, after-bytes, at or every.")]
    [InlineData("reset at=1s", "The fault 'reset' takes no trigger At: it takes Always, Probability, Nth, AfterBytes.")]
    [InlineData("loss after-bytes=1", "it takes Always, Probability, Nth.")]
    [InlineData("partition for=1s p=3", "it takes Always, At, Every.")]
    [InlineData("reset for=1s", "The fault 'reset' takes no Time; it takes None.")]
    [InlineData("reset amount=1", "takes no Amount")]
    [InlineData("window amount=1 spread=3", "takes no Spread")]
    [InlineData("reset latency=uniform:1ms,2ms", "takes no Distribution")]
    [InlineData("reset on=", "say which host, FROM>TO, or ONE<>OTHER; * stands for any.")]
    [InlineData("reset on=a>b>c", "'b>c' is not a host name for a rule")]
    [InlineData("reset on=>b", "'' is not a host name for a rule")]
    [InlineData("isolate on=a>b for=1s", "strikes hosts, not the direction from one to another: name one host.")]
    [InlineData("reset colour=red", "There is no setting 'colour'. There are: on, p, nth, after-bytes, at, every,")]
    [InlineData("reset at-most=0", "at 'at-most=0'")]
    [InlineData("reset from=2s until=1s", "In the fault 'reset': end ('00:00:01') must be greater than '00:00:02'.")]
    [InlineData(
        "reset from=soon",
        "'soon' is not a time: write a number and a unit, such as 250ms, 1.5s, 2min, 1h or 100us."
    )]
    [InlineData("reset from=5", "'5' is not a time")]
    [InlineData("reset from=5m", "'5m' is not a time")]
    [InlineData("reset from=-5s", "'-5s' is not a time")]
    [InlineData("reset from=79228162514264337593543950335h", "is not a time")]
    [InlineData("reset from=9223372036854775807s", "is not a time")]
    [InlineData("jitter", "In the fault 'jitter': say how long, such as for=100ms..2s.")]
    [InlineData("jitter for=2s..1s", "at 'for=2s..1s'")]
    [InlineData("jitter for=1s..", "'' is not a time")]
    [InlineData("jitter for=1001s", "at 'for=1001s'")]
    [InlineData("window", "say how much, with amount=N (bytes).")]
    [InlineData("window amount=0", "The fault 'window' takes amounts from 1.")]
    [InlineData(
        "bandwidth amount=1000 spread=0",
        "The fault 'bandwidth' takes second amounts from 1500 to 2147483647."
    )]
    [InlineData("bandwidth amount=1000 spread=2147483648", "takes second amounts from 1500 to 2147483647.")]
    [InlineData("latency", "say a distribution, such as latency=uniform:1ms,5ms.")]
    [InlineData("latency latency=uniform", "There are: uniform:LEAST,MOST, normal:MEAN,DEVIATION,")]
    [InlineData("latency latency=cauchy:1ms,2ms", "'cauchy:1ms,2ms' is not a distribution of latencies")]
    [InlineData("latency latency=uniform:2ms,1ms", "is not a distribution of latencies")]
    [InlineData("latency latency=normal:1s,99999h", "is not a distribution of latencies")]
    [InlineData("latency latency=normal:1s,9999999999s", "is not a distribution of latencies")]
    [InlineData("latency latency=exponential:1s,922337203685s", "is not a distribution of latencies")]
    [InlineData("latency latency=pareto:1ms,0,1s", "is not a distribution of latencies")]
    [InlineData("latency latency=pareto:1ms,NaN,1s", "'pareto:1ms,NaN,1s'")]
    [InlineData("latency latency=pareto:1ms,Infinity,1s", "'pareto:1ms,Infinity,1s'")]
    [InlineData("latency latency=bimodal:1ms,2ms,1001", "is not a distribution of latencies")]
    [InlineData("latency latency=bimodal:1ms,2ms,0.5", "'0.5' is not a share in thousandths.")]
    public void A_text_that_is_no_rule_is_refused_with_where_and_why_in_one_line(string text, string expected)
    {
        string message = Should.Throw<FormatException>(() => FaultRule.Parse(text)).Message;
        message.ShouldContain(expected);
        message.ShouldNotContain("\n");
        message.ShouldNotContain("Parameter");
    }

    [Property(Arbitrary = [typeof(PiecesOfRules)])]
    public void Any_text_is_a_rule_or_refused_with_a_format_error(string text)
    {
        try
        {
            FaultRule rule = FaultRule.Parse(text);
            FaultRule.Parse(rule.ToString()).ToString().ShouldBe(rule.ToString());
        }
        catch (FormatException)
        {
            // Refused as documented.
        }
    }

    internal static class PiecesOfRules
    {
        private static readonly string[] Pieces =
        [
            "reset",
            "jitter",
            "latency",
            "bandwidth",
            "isolate",
            "on",
            "p",
            "for",
            "at",
            "every",
            "amount",
            "spread",
            "from",
            "until",
            "=",
            ">",
            "<>",
            "*",
            "..",
            " ",
            "1",
            "0",
            "999999999999999999",
            "ms",
            "s",
            "h",
            "uniform:",
            "pareto:",
            ",",
            ":",
            ".",
            "-",
            "é",
        ];

        public static Arbitrary<string> Texts() =>
            Gen.Elements(Pieces).ListOf().Select(list => string.Concat(list)).ToArbitrary();
    }
}
