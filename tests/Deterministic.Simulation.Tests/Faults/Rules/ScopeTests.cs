using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Where a rule strikes: shown by a stall, which makes exactly the ways late that are in scope.</summary>
public sealed class ScopeTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    private static readonly FaultRule Stall = Fault.Stall(Seconds(5));

    public static TheoryData<FaultRule, string> Scopes =>
        new()
        {
            { Stall, "a>b a>c b>a b>c c>a c>b" },
            { Stall.On("a", "b"), "a>b" },
            { Stall.On("A", "B"), "a>b" },
            { Stall.On("a", to: null), "a>b a>c" },
            { Stall.On(from: null, "c"), "a>c b>c" },
            { Stall.Between("a", "b"), "a>b b>a" },
            { Stall.At("b"), "a>b c>b" },
            { Stall.Touching("b"), "a>b b>a b>c c>b" },
            { Stall.On("a", "nobody"), "" },
            { Stall.Within(new FaultScope("c", "a", BothWays: false)), "c>a" },
        };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void A_rule_strikes_on_the_ways_in_its_scope_and_on_no_other(FaultRule rule, string expected)
    {
        List<string> late = [];
        Talk.Alone(
            async world =>
            {
                foreach ((string from, string to) in Ways())
                {
                    if (await TakesAsync(world, from, to) > Seconds(4))
                    {
                        late.Add($"{from}>{to}");
                    }
                }
            },
            By(rule)
        );
        string.Join(' ', late).ShouldBe(expected);
    }

    public static TheoryData<FaultRule, string> HostScopes =>
        new()
        {
            { Fault.ClogSend(Seconds(1)).At("b"), "b" },
            { Fault.ClogSend(Seconds(1)).Touching("b"), "b" },
            { Fault.ClogSend(Seconds(1)).Between("a", "b"), "a b" },
            { Fault.ClogSend(Seconds(1)), "a b c" },
        };

    [Theory]
    [MemberData(nameof(HostScopes))]
    public void A_fault_of_hosts_strikes_those_in_its_scope_and_over_many_seeds_each_of_them(
        FaultRule rule,
        string expected
    )
    {
        SortedSet<string> struck = new(StringComparer.Ordinal);
        for (ulong seed = 1; seed <= 40; seed++)
        {
            SimulatedWorld world = new(seed, By(rule.At(Seconds(1))), keepTrace: true);
            world.Run(() =>
            {
                Array.ForEach(Names, name => world.Host(name));
                return WaitUntilAsync(world, Seconds(2));
            });
            struck.UnionWith(
                world.Trace.Events.Where(happened => happened.Kind == TraceKind.Fault).Select(happened => happened.Host)
            );
        }

        string.Join(' ', struck).ShouldBe(expected);
    }

    [Fact]
    public void A_fault_of_hosts_refuses_a_way_from_one_to_another()
    {
        foreach (FaultDescriptor fault in FaultCatalog.All.Where(fault => fault.Target == FaultTarget.Host))
        {
            FaultRule rule = new(fault.Kind);
            Should.Throw<InvalidOperationException>(() => rule.On("a", "b")).Message.ShouldContain(fault.Name);
            Should.NotThrow(() => rule.At("a"));
            Should.NotThrow(() => rule.Between("a", "b"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("*")]
    [InlineData("a>b")]
    [InlineData("<")]
    public void A_name_that_the_text_of_a_rule_cannot_hold_is_refused(string name)
    {
        Should.Throw<ArgumentException>(() => Stall.At(name));
        Should.Throw<ArgumentException>(() => Stall.On(name, to: null));
        Should.Throw<ArgumentException>(() => Stall.At(new string('a', 256)));
    }

    private static async Task<TimeSpan> TakesAsync(SimulatedWorld world, string from, string to)
    {
        TaskCompletionSource<TimeSpan> arrived = new();
        await using StreamServer server = await world
            .Host(to)
            .StartServerAsync(
                async (reader, _) =>
                {
                    await reader.ReadExactlyAsync(1);
                    arrived.SetResult(world.Scheduler.Now);
                },
                port: 80
            );
        Connection client = await world.Host(from).OpenConnectionAsync(to, 80);
        TimeSpan start = world.Scheduler.Now;
        client.Writer.Write("x"u8);
        TimeSpan end = await arrived.Task;
        client.Abort();
        return end - start;
    }

    private static IEnumerable<(string From, string To)> Ways() =>
        from one in Names
        from other in Names
        where !string.Equals(one, other, StringComparison.Ordinal)
        select (one, other);
}
