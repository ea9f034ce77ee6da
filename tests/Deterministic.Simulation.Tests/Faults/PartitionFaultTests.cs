using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of partition: what is sent meanwhile is lost, and arrives once TCP has sent it again after the end.</summary>
public sealed class PartitionFaultTests
{
    private const string Unclear = "one of two";

    private static readonly string[] Names = ["server", "client", "b", "c", "d"];

    /// <summary>The rule, and whether what the client sends the server, and the other way round, is lost at first.</summary>
    public static TheoryData<string, bool, bool> Rules =>
        new()
        {
            { "partition at=1s for=10s on=client<>server", true, true },
            { "partition at=1s for=10s on=client>server", true, true },
            { "partition at=1s for=10s on=other>server", false, false },
            { "partition-one-way at=1s for=10s on=client>server", true, false },
            { "partition-one-way at=1s for=10s on=server>client", false, true },
            { "partition-one-way at=1s for=10s on=other>client", false, false },
            { "isolate at=1s for=10s on=client", true, true },
            { "isolate at=1s for=10s on=server", true, true },
            { "isolate at=1s for=10s on=other", false, false },
            { "random-halves at=1s for=10s on=client<>server", true, true },
            { "random-halves at=1s for=10s on=other<>server", false, false },
            { "swizzle at=1s for=10s on=client", true, true },
            { "swizzle at=1s for=10s on=other", false, false },
        };

    [Theory]
    [MemberData(nameof(Rules))]
    [ShowsFault(FaultKind.Partition)]
    [ShowsFault(FaultKind.PartitionOneWay)]
    [ShowsFault(FaultKind.Isolate)]
    [ShowsFault(FaultKind.RandomHalves)]
    [ShowsFault(FaultKind.Swizzle)]
    public void What_is_lost_meanwhile_arrives_after_the_end_and_all_else_at_once(string rule, bool there, bool back)
    {
        TimeSpan[] took = new TimeSpan[2];
        SimulatedWorld world = Talk.Between(
            async (world, client, server) =>
            {
                world.Host("other");
                await WaitUntilAsync(world, Seconds(2));
                await Task.WhenAll(MeasureAsync(0, client, server), MeasureAsync(1, server, client));
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon, "it is over");

                async Task MeasureAsync(int index, Connection from, Connection to) =>
                    took[index] = await TravelAsync(world, from, to);
            },
            By(FaultRule.Parse(rule))
        );
        foreach ((TimeSpan time, bool late) in took.Zip([there, back]))
        {
            // The end is 9 s after the byte; the next retransmission comes at the latest as long after that as the last one was before it.
            time.ShouldBeInRange(late ? Seconds(9) : TimeSpan.Zero, late ? Seconds(20) : Soon);
        }

        // A retransmission is also what an acknowledgement costs that was lost.
        (world.Sizes(TraceKind.SentAgain).Length > 0).ShouldBe(there || back);
    }

    [Fact]
    public void An_isolated_host_is_cut_off_from_all_others_and_these_are_not_from_each_other()
    {
        At(
            Seconds(2),
            "isolate at=1s for=10s on=b",
            seed: 1,
            cut =>
            {
                foreach ((string from, string to) in Pairs())
                {
                    cut(from, to).ShouldBe(from is "b" || to is "b", $"{from} to {to}");
                }
            }
        );
    }

    [Fact]
    public void Random_halves_are_two_neither_of_them_empty_and_whole_in_themselves()
    {
        HashSet<int> sizes = [];
        for (ulong seed = 1; seed <= 40; seed++)
        {
            At(
                Seconds(2),
                "random-halves at=1s for=10s",
                seed,
                cut =>
                {
                    string[] here =
                    [
                        .. Names.Where(name =>
                            string.Equals(name, Names[0], StringComparison.Ordinal) || !cut(Names[0], name)
                        ),
                    ];
                    here.Length.ShouldBeInRange(1, Names.Length - 1);
                    sizes.Add(here.Length);
                    foreach ((string from, string to) in Pairs())
                    {
                        cut(from, to)
                            .ShouldBe(
                                here.Contains(from, StringComparer.Ordinal) != here.Contains(to, StringComparer.Ordinal)
                            );
                    }
                }
            );
        }

        sizes.Count.ShouldBe(Names.Length - 1, "every split happens");
    }

    [Fact]
    public void Swizzled_hosts_are_cut_one_by_one_and_come_back_one_by_one_some_time_in_another_order()
    {
        bool reordered = false;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            SimulatedWorld world = Hosts("swizzle at=1s for=5s", seed, Seconds(100));
            string[] cut = [.. Steps(world, TraceKind.Fault)];
            string[] back = [.. Steps(world, TraceKind.Healed)];
            if (cut.Concat(back).Contains(Unclear, StringComparer.Ordinal))
            {
                continue;
            }

            cut.Length.ShouldBeGreaterThan(0);

            cut.Distinct(StringComparer.Ordinal).Count().ShouldBe(cut.Length);
            back.ShouldBe(cut, ignoreOrder: true);
            reordered |= !back.SequenceEqual(cut, StringComparer.Ordinal);
            foreach ((string from, string to) in Pairs())
            {
                world.Link(world.Host(from), world.Host(to)).State.ShouldBe(LinkState.Open);
            }
        }

        reordered.ShouldBeTrue();

        // Each step has an instant of its own, and changes the links of one host: while there are two others that are not cut off, it is told from these.
        static IEnumerable<string> Steps(SimulatedWorld world, TraceKind kind) =>
            world
                .Trace.Events.Where(happened =>
                    happened.Kind == kind && happened.Text.StartsWith("Partitioned to", StringComparison.Ordinal)
                )
                .GroupBy(happened => happened.Time)
                .Select(step =>
                    Names.Where(name =>
                        step.All(happened =>
                            string.Equals(happened.Host, name, StringComparison.Ordinal)
                            || happened.Text.EndsWith($" {name}", StringComparison.Ordinal)
                        )
                    )
                )
                .Select(struck => struck.Take(2).ToArray() is [var only] ? only : Unclear);
    }

    private static void At(TimeSpan time, string rule, ulong seed, Action<Func<string, string, bool>> look)
    {
        SimulatedWorld world = Hosts(rule, seed, time);
        look((from, to) => world.Link(world.Host(from), world.Host(to)).State == LinkState.Partitioned);
    }

    /// <summary>A world of some hosts that nobody uses, at a time.</summary>
    private static SimulatedWorld Hosts(string rule, ulong seed, TimeSpan time)
    {
        SimulatedWorld world = new(seed, By(FaultRule.Parse(rule)), keepTrace: true);
        world
            .Run(
                () =>
                {
                    Array.ForEach(Names, name => world.Host(name));
                    return WaitUntilAsync(world, time);
                },
                World.Limits
            )
            .ThrowIfNotCompleted();
        return world;
    }

    private static IEnumerable<(string From, string To)> Pairs() =>
        from one in Names
        from other in Names
        where !string.Equals(one, other, StringComparison.Ordinal)
        select (one, other);
}
