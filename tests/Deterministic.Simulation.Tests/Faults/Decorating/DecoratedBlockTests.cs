using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Stalls and partitions on a decorated network: what is sent waits, and nothing of it is lost.</summary>
public sealed class DecoratedBlockTests
{
    private static readonly TimeSpan Begin = Seconds(10);

    public static TheoryData<string, bool, bool> Blocks =>
        new()
        {
            { "clog-send on=client", true, false },
            { "clog-send on=server", false, true },
            { "clog-receive on=client", false, true },
            { "clog-receive on=server", true, false },
            { "clog-pair on=client<>server", true, true },
            { "hold on=client>server", true, false },
            { "hold on=server>client", false, true },
            { "partition on=client<>server", true, true },
            { "partition-one-way on=client>server", true, false },
            { "isolate on=server", true, true },
            { "random-halves", true, true },
            { "clog-pair on=client<>other", false, false },
            { "isolate on=other", false, false },
        };

    [Theory]
    [MemberData(nameof(Blocks))]
    [ShowsDecoratedFault(FaultKind.ClogSend)]
    [ShowsDecoratedFault(FaultKind.ClogReceive)]
    [ShowsDecoratedFault(FaultKind.ClogPair)]
    [ShowsDecoratedFault(FaultKind.Hold)]
    [ShowsDecoratedFault(FaultKind.Partition)]
    [ShowsDecoratedFault(FaultKind.PartitionOneWay)]
    [ShowsDecoratedFault(FaultKind.Isolate)]
    [ShowsDecoratedFault(FaultKind.RandomHalves)]
    public void It_holds_what_is_sent_that_way_until_it_is_over(string fault, bool there, bool back)
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                await world.SleepAsync(1);
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon);
                await WaitUntilAsync(world, Begin + Seconds(1));
                Task<TimeSpan> last = TravelAsync(world, server, client);
                (await TravelAsync(world, client, server)).ShouldBeInRange(Least(there), Most(there));
                (await last).ShouldBeInRange(Least(back), Most(back));
                (await Decorated.TravelBothWaysAsync(world, client, server)).Out.ShouldBeLessThan(Soon);
            },
            FaultRule.Parse($"{fault} at=10s for=5s")
        );

        static TimeSpan Least(bool isHeld) => isHeld ? Seconds(3.9) : TimeSpan.Zero;

        static TimeSpan Most(bool isHeld) => isHeld ? Seconds(4) + Soon : Soon;
    }

    [Fact]
    [ShowsDecoratedFault(FaultKind.Swizzle)]
    public void A_swizzle_cuts_hosts_off_one_by_one_and_lets_them_back_one_by_one()
    {
        List<InjectedFault> struck = [];
        Decorated.Between(
            async (world, faulty, client, server) =>
            {
                faulty.OnStruck = struck.Add;
                await WaitUntilAsync(world, Begin + Seconds(0.5));
                TimeSpan there = await TravelAsync(world, client, server);

                // One host: cut off and back after a step. Two: each is cut for a step of its own, and the way is shut from the first cut to the last heal.
                int hosts = (int)(struck.ShouldHaveSingleItem().Lasts / Seconds(4));
                there.ShouldBeInRange(Seconds((hosts == 1 ? 2 : 6) - 0.6), Seconds(hosts == 1 ? 2 : 6) + Soon);
            },
            Fault.Swizzle(Seconds(2)).At(Begin)
        );
    }

    [Fact]
    public void It_comes_again_and_again_and_not_more_often_than_it_may()
    {
        int held = 0;
        List<InjectedFault> struck = [];
        Decorated.Between(
            async (world, faulty, client, server) =>
            {
                faulty.OnStruck = struck.Add;
                for (int number = 0; number < 300; number++)
                {
                    held += await TravelAsync(world, client, server) > Soon ? 1 : 0;
                    await world.SleepAsync(0.2);
                }
            },
            Fault.Hold(Seconds(1), Seconds(2)).On("client", "server").Every(Seconds(5)).AtMost(4)
        );
        held.ShouldBeInRange(2, 4);
        struck.Count.ShouldBe(4);
    }

    [Fact]
    public void What_is_idle_for_long_is_none_the_worse()
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                await world.SleepAsync(24 * 3600);
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Seconds(60));
            },
            Fault.ClogPair(Ms(1)).Every(Ms(10))
        );
    }

    [Fact]
    public void What_found_nobody_to_strike_strikes_whom_it_meets_first()
    {
        Decorated.Between(
            async (world, faulty, client, server) =>
            {
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon);
                await world.SleepAsync(20);
                await using StreamServer late = await world
                    .Host("late")
                    .StartServerAsync((_, _) => Task.CompletedTask, port: 80);
                for (int attempt = 0; attempt < 2; attempt++)
                {
                    TimeSpan start = world.Scheduler.Now;
                    await using Connection connection = await faulty.OpenConnectionAsync("late", 80);
                    TimeSpan took = world.Scheduler.Now - start;
                    (took > Seconds(4)).ShouldBe(attempt == 0);
                }
            },
            Fault.Isolate(Seconds(5)).At("late")
        );
    }

    [Fact]
    public void Once_the_faults_stop_all_that_was_held_goes_on()
    {
        Decorated.Between(
            async (world, faulty, client, server) =>
            {
                await world.SleepAsync(0.1);
                Task<TimeSpan> there = TravelAsync(world, client, server);
                Task<TimeSpan> back = TravelAsync(world, server, client);
                await world.SleepAsync(3);
                there.IsCompleted.ShouldBeFalse();
                back.IsCompleted.ShouldBeFalse();
                faulty.StopFaults();
                (await there).ShouldBeInRange(Seconds(3), Seconds(3) + Soon);
                (await back).ShouldBeInRange(Seconds(3), Seconds(3) + Soon);
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon);
            },
            Fault.Partition(Seconds(900)).At(Ms(20)).Between("client", "server")
        );
    }
}
