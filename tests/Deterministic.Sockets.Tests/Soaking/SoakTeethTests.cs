using System.Buffers;
using Deterministic.Soak;
using Deterministic.Soak.Content;
using Deterministic.Soak.Measuring;
using Deterministic.Soak.Planning;
using Deterministic.Soak.Playing;

namespace Deterministic.Sockets.Tests;

/// <summary>A soak that finds nothing is worth as much as what it would find.</summary>
public sealed class SoakTeethTests
{
    private const int Length = 300_000;

    [Fact]
    public void Bytes_that_come_as_they_were_sent_make_a_direction_whole_whatever_the_pieces()
    {
        Direction direction = SentDirection(out byte[] sent);
        foreach (byte[] piece in sent.Chunk(70_001))
        {
            direction.TryReceive(new ReadOnlySequence<byte>(piece)).ShouldBeTrue();
        }

        direction.IsWhole.ShouldBeFalse("its end was not seen");
        direction.EndSeen = true;
        direction.IsWhole.ShouldBeTrue();
    }

    [Theory]
    [InlineData("a byte is changed")]
    [InlineData("a byte is lost")]
    [InlineData("a block is lost")]
    [InlineData("a block comes twice")]
    [InlineData("two blocks are exchanged")]
    public void Bytes_that_come_otherwise_are_noticed(string mishap)
    {
        Direction direction = SentDirection(out byte[] sent);
        const int At = 65_536;
        const int Block = 4096;
        byte[] received = mishap switch
        {
            "a byte is changed" => [.. sent[..At], (byte)(sent[At] ^ 1), .. sent[(At + 1)..]],
            "a byte is lost" => [.. sent[..At], .. sent[(At + 1)..]],
            "a block is lost" => [.. sent[..At], .. sent[(At + Block)..]],
            "a block comes twice" => [.. sent[..At], .. sent[(At - Block)..]],
            _ =>
            [
                .. sent[..At],
                .. sent[(At + Block)..(At + (2 * Block))],
                .. sent[At..(At + Block)],
                .. sent[(At + (2 * Block))..],
            ],
        };
        direction.TryReceive(new ReadOnlySequence<byte>(received)).ShouldBeFalse();
    }

    [Fact]
    public void A_connection_in_order_that_lacks_bytes_is_a_violation()
    {
        Ledger ledger = new();
        Session session = new(1, Planner.Draw(1, 1) with { Ending = Ending.Orderly, ToServer = 1 }, Task.CompletedTask);
        ledger.Open(session);
        ledger.EndOver(session);
        ledger.Violations.ShouldBeEmpty("the other end may still be at it");
        ledger.EndOver(session);
        ledger.Violations.First().ShouldStartWith("Bytes are missing");
    }

    [Fact]
    public void A_connection_that_the_server_never_heard_of_is_a_violation_unless_it_was_broken()
    {
        Ledger ledger = new();
        foreach (Ending ending in Enum.GetValues<Ending>())
        {
            Session session = new((long)ending, Planner.Draw(1, 1) with { Ending = ending }, Task.CompletedTask);
            ledger.Open(session);
            ledger.EndOver(session);
        }

        ledger.SettleRest();
        // Both directions of the one in order.
        ledger.ViolationCount.ShouldBe(2);
    }

    [Fact]
    public void What_is_not_given_back_is_a_violation_each()
    {
        SoakOptions options = new() { Connections = 2 };
        Footprint before = new(Sockets: 1, ManagedBytes: 1_000_000);
        Footprint after = new(Sockets: 2, ManagedBytes: 1_000_000_000);
        Exception[] unobserved = [new InvalidOperationException("forgotten")];
        SoakReport report = SoakReport.Create(options, new Ledger(), new Ledger(), peak: 1, before, after, unobserved);
        report.Violations.Count.ShouldBe(4);
        report.Violations[0].ShouldStartWith("Only 1 connections were open at once");
        report.Violations[1].ShouldStartWith("1 sockets were not given back");
        report.Violations[2].ShouldStartWith("Memory grew by");
        report.Violations[3].ShouldContain("forgotten");
    }

    [Fact]
    public void The_same_seed_draws_the_same_plans_and_they_hold_every_ending()
    {
        SessionPlan[] plans = [.. Enumerable.Range(0, 1000).Select(number => Planner.Draw(7, number))];
        plans.ShouldBe(Enumerable.Range(0, 1000).Select(number => Planner.Draw(7, number)));
        plans.Select(plan => plan.Ending).Distinct().Count().ShouldBe(Enum.GetValues<Ending>().Length);
        plans.ShouldContain(plan => plan.ToServer == 0);
        plans.ShouldContain(plan => plan.ToClient > 500_000);
        plans.ShouldAllBe(plan => plan.BreakAfter <= Math.Max(plan.ToServer, plan.ToClient));
    }

    private static Direction SentDirection(out byte[] sent)
    {
        Direction direction = new(start: 1_000_000, Length);
        using MemoryStream all = new();
        while (direction.Sent.Count < Length)
        {
            ReadOnlySpan<byte> bytes = direction.Next(10_000);
            all.Write(bytes);
            direction.Sent.Add(bytes);
        }

        sent = all.ToArray();
        return direction;
    }
}
