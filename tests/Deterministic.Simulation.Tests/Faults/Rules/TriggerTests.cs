using Deterministic.Core;
using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>What makes a rule strike, when, and how often.</summary>
public sealed class TriggerTests
{
    public static TheoryData<FaultRule, string> When =>
        new()
        {
            // Ten messages, one a second from second 1 on: which of them are late.
            { Fault.Jitter(Ms(100)), "1 2 3 4 5 6 7 8 9 10" },
            { Fault.Jitter(Ms(100)).WithProbability(0), "" },
            { Fault.Jitter(Ms(100)).WithProbability(1000), "1 2 3 4 5 6 7 8 9 10" },
            { Fault.Jitter(Ms(100)).During(Seconds(3.5), Seconds(6.5)), "4 5 6" },
            { Fault.Stall(Ms(100)).AtMost(2), "1 2" },
            { Fault.Stall(Ms(100)).Nth(4), "4" },
            { Fault.Stall(Ms(100)).Nth(4).During(Seconds(3.5), Seconds(100)), "7" },
            { Fault.Stall(Ms(100)).AtMost(2).During(Seconds(3.5), Seconds(100)), "4 5" },
        };

    [Theory]
    [MemberData(nameof(When))]
    public void A_rule_strikes_when_its_text_says(FaultRule rule, string expected)
    {
        List<int> late = [];
        Talk.Between(
            async (world, client, server) =>
            {
                for (int second = 1; second <= 10; second++)
                {
                    await WaitUntilAsync(world, Seconds(second));
                    if (await TravelAsync(world, client, server) > Ms(90))
                    {
                        late.Add(second);
                    }
                }
            },
            By(rule.On("client", "server"))
        );
        string.Join(' ', late).ShouldBe(expected);
    }

    [Fact]
    public void A_probability_is_the_share_of_opportunities_that_strike()
    {
        SimulatedWorld world = Talk.Between(
            async (_, client, server) =>
            {
                for (int i = 0; i < 1000; i++)
                {
                    client.Writer.Write("x"u8);
                    await server.Reader.ReadExactlyAsync(1);
                }
            },
            By(Fault.Stall(TimeSpan.Zero).WithProbability(200))
        );
        world.TimesOf(FaultKind.Stall).Length.ShouldBeInRange(150, 250);
    }

    public static TheoryData<FaultKind, int> AfterBytes
    {
        get
        {
            TheoryData<FaultKind, int> rows = [];
            foreach (
                FaultKind kind in new[]
                {
                    FaultKind.Reset,
                    FaultKind.FinEarly,
                    FaultKind.HalfClose,
                    FaultKind.SilentDrop,
                    FaultKind.HalfOpen,
                }
            )
            {
                foreach (int bytes in new[] { 1, 7, 1000, 1460, 1461, 5000 })
                {
                    rows.Add(kind, bytes);
                }
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(AfterBytes))]
    public void What_strikes_behind_N_bytes_lets_exactly_these_through(FaultKind kind, int bytes)
    {
        FaultRule rule = new FaultRule(kind).AfterBytes(bytes).On("client", "server");
        FaultRule slicer = Fault.Slicer();
        Arrived(By(rule), bytes).ShouldBe(bytes);
        Arrived(By(rule, slicer, Fault.ShortWrite(), Fault.ShortRead()), bytes).ShouldBe(bytes);
        Arrived(By(rule, Fault.Window(100)), bytes).ShouldBe(bytes);
        Arrived(By(rule, Fault.Coalescing(Ms(20))), bytes).ShouldBe(bytes);
    }

    [Fact]
    public void Bytes_are_counted_for_each_connection_and_the_rule_strikes_once_in_each()
    {
        SimulatedWorld world = Talk.Alone(
            async world =>
            {
                await world
                    .Host("server")
                    .StartServerAsync(async (reader, _) => await reader.ReadToEndAsync(), port: 80);
                for (int i = 0; i < 3; i++)
                {
                    Connection client = await world.Host("client").OpenConnectionAsync("server", 80);
                    client.Writer.Write(new byte[10]);
                    await client
                        .Writer.WaitClosedAsync()
                        .AsTask()
                        .ContinueWith(_ => { }, TaskScheduler.FromCurrentSynchronizationContext());
                }
            },
            By(Fault.AbortAfter(5))
        );
        world.TimesOf(FaultKind.Reset).Length.ShouldBe(3);
    }

    [Fact]
    public void A_rule_at_a_time_strikes_at_that_time_once()
    {
        Idle(By(Fault.Partition(Seconds(1)).At(Seconds(7)))).TimesOf(FaultKind.Partition).ShouldBe([Seconds(7)]);
        Idle(By(Fault.Partition(Seconds(1)).During(Seconds(7), Seconds(9))))
            .TimesOf(FaultKind.Partition)
            .ShouldBe([Seconds(7)]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(600)]
    public void A_rule_that_strikes_every_so_often_does_so_at_another_interval_each_time(int seconds)
    {
        TimeSpan mean = Seconds(seconds);
        TimeSpan[] times = Idle(By(Fault.Hold(Ms(1)).Every(mean)), 100 * mean).TimesOf(FaultKind.Hold);
        times.Length.ShouldBeInRange(70, 140);
        TimeSpan[] pauses = [.. times.Zip(times.Skip(1), (one, next) => next - one)];
        pauses.ShouldAllBe(pause => pause <= 2 * mean);
        pauses.Distinct().Count().ShouldBeGreaterThan(50);
    }

    [Fact]
    public void A_rule_that_strikes_every_so_often_keeps_to_its_span_and_its_bound()
    {
        FaultRule often = Fault.Hold(Ms(1)).Every(Seconds(1));
        Idle(By(often.During(Seconds(20), Seconds(30))))
            .TimesOf(FaultKind.Hold)
            .ShouldAllBe(time => time >= Seconds(20) && time < Seconds(30));
        Idle(By(often.AtMost(3))).TimesOf(FaultKind.Hold).Length.ShouldBe(3);
    }

    public static TheoryData<FaultRule, string> Refused =>
        new()
        {
            { Fault.Reset(), "at every" },
            { Fault.Loss(), "at every after-bytes" },
            { Fault.Jitter(Ms(1)), "at every after-bytes" },
            { Fault.Bandwidth(1000), "nth at every after-bytes" },
            { Fault.PairLatency(Ms(1)), "nth at every after-bytes" },
            { Fault.Partition(Ms(1)), "p nth after-bytes" },
            { Fault.ClogSend(Ms(1)), "p nth after-bytes" },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_trigger_that_makes_no_sense_for_a_fault_is_refused_with_those_that_do(FaultRule rule, string refused)
    {
        Dictionary<string, FaultTrigger> all = new(StringComparer.Ordinal)
        {
            ["p"] = FaultTrigger.Probability(1),
            ["nth"] = FaultTrigger.Nth(1),
            ["after-bytes"] = FaultTrigger.AfterBytes(1),
            ["at"] = FaultTrigger.At(Ms(1)),
            ["every"] = FaultTrigger.Every(Ms(1)),
        };
        string[] expected = refused.Split(' ');
        foreach ((string name, FaultTrigger trigger) in all)
        {
            if (expected.Contains(name, StringComparer.Ordinal))
            {
                Should
                    .Throw<InvalidOperationException>(() => rule.When(trigger))
                    .Message.ShouldContain("it takes Always");
            }
            else
            {
                rule.When(trigger).Trigger.ShouldBe(trigger);
            }
        }
    }

    [Fact]
    public void Numbers_that_make_no_sense_are_refused()
    {
        foreach (
            Action impossible in new Action[]
            {
                () => Fault.Slicer().WithProbability(-1),
                () => Fault.Slicer().WithProbability(1001),
                () => Fault.Reset().Nth(0),
                () => Fault.Reset().AfterBytes(0),
                () => Fault.Reset().AtMost(0),
                () => Fault.Reset().During(Seconds(2), Seconds(2)),
                () => Fault.Reset().During(Seconds(-2), Seconds(2)),
                () => Fault.Hold(Seconds(1)).At(Seconds(-1)),
                () => Fault.Hold(Seconds(1)).Every(TimeSpan.Zero),
                () => Fault.Hold(Seconds(1)).Every(Seconds(1001)),
                () => Fault.Hold(Seconds(2), Seconds(1)),
                () => Fault.Hold(Seconds(1001)),
                () => Fault.Window(0),
                () => Fault.Bandwidth(0),
                () => Fault.Bandwidth(1000, queueBytes: 1499),
                () => Fault.Slicer(averageBytes: 10, variation: -1),
            }
        )
        {
            Should.Throw<ArgumentOutOfRangeException>(impossible);
        }
    }

    /// <summary>A world of two hosts in which nobody talks.</summary>
    private static SimulatedWorld Idle(FaultProfile faults, TimeSpan? time = null) =>
        Talk.Alone(
            world =>
            {
                world.Host("one");
                world.Host("other");
                return WaitUntilAsync(world, time ?? Seconds(100));
            },
            faults
        );

    /// <summary>How many bytes a server gets of a client that has more of them to send.</summary>
    private static int Arrived(FaultProfile faults, int bytes)
    {
        int arrived = 0;
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[bytes + 500]);

                // After a silent drop it waits for ever.
                await Task.WhenAny(ReadAsync(server.Reader), Task.Delay(TimeSpan.FromHours(2), world.TimeProvider));
            },
            faults
        );
        return arrived;

        async Task ReadAsync(AsyncStreamReader reader)
        {
            try
            {
                while ((await reader.ReadAsync(100)).Length is var count and > 0)
                {
                    arrived += count;
                }
            }
            catch (ConnectionException)
            {
                // What was not read yet when the connection was lost had arrived all the same.
                arrived += reader.TakeBuffered().Length;
            }
        }
    }
}
