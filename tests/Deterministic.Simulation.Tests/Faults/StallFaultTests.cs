using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of stall: nothing passes for a while, and all of it passes afterwards, in order.</summary>
public sealed class StallFaultTests
{
    private static readonly TimeSpan Begin = Seconds(1);
    private static readonly TimeSpan Length = Seconds(10);

    /// <summary>The rule, and whether what the client sends the server, and the other way round, waits for its end.</summary>
    public static TheoryData<string, bool, bool> Rules =>
        new()
        {
            { "clog-send at=1s for=10s on=client", true, false },
            { "clog-send at=1s for=10s on=server", false, true },
            { "clog-receive at=1s for=10s on=client", false, true },
            { "clog-receive at=1s for=10s on=server", true, false },
            { "clog-pair at=1s for=10s on=client<>server", true, true },
            { "clog-pair at=1s for=10s on=server>client", true, true },
            { "hold at=1s for=10s on=client>server", true, false },
            { "hold at=1s for=10s on=server>client", false, true },
            { "clog-send at=1s for=10s on=other", false, false },
            { "clog-receive at=1s for=10s on=other", false, false },
            { "clog-pair at=1s for=10s on=other<>server", false, false },
            { "hold at=1s for=10s on=other>server", false, false },
        };

    [Theory]
    [MemberData(nameof(Rules))]
    [ShowsFault(FaultKind.ClogSend)]
    [ShowsFault(FaultKind.ClogReceive)]
    [ShowsFault(FaultKind.ClogPair)]
    [ShowsFault(FaultKind.Hold)]
    public void What_is_held_arrives_in_order_at_its_end_and_all_else_at_once(string rule, bool there, bool back)
    {
        Talk.Between(
            async (world, client, server) =>
            {
                world.Host("other");
                await WaitUntilAsync(world, Begin + Seconds(1));
                await Task.WhenAll(
                    ArrivesAsync(world, client, server, late: there),
                    ArrivesAsync(world, server, client, late: back)
                );
                (await TravelAsync(world, client, server)).ShouldBeLessThan(Soon, "it is over");
            },
            By(FaultRule.Parse(rule))
        );
    }

    private static async Task ArrivesAsync(SimulatedWorld world, Connection from, Connection to, bool late)
    {
        foreach (string word in new[] { "one ", "two ", "three" })
        {
            from.Writer.Write(Talk.Bytes(word));
        }

        Talk.Text(await to.Reader.ReadExactlyAsync("one two three".Length)).ShouldBe("one two three");
        TimeSpan since = world.Scheduler.Now - (late ? Begin + Length : Begin + Seconds(1));
        since.ShouldBeInRange(TimeSpan.Zero, Soon);
    }
}
