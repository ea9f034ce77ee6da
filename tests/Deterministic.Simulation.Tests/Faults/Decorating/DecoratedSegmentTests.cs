using Deterministic.Faults;
using Deterministic.Streams;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of segmentation and integrity on a decorated network.</summary>
public sealed class DecoratedSegmentTests
{
    private static readonly byte[] Hundred = [.. Enumerable.Range(0, 100).Select(number => (byte)number)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.Slicer)]
    public void A_slicer_cuts_what_is_sent(bool outgoing)
    {
        FaultRule slicer = Fault.Slicer(averageBytes: 10, variation: 3).Going(outgoing);
        int[] pieces = Pieces(outgoing, slicer, Spread);
        pieces.Sum().ShouldBe(100);
        pieces[..^1].ShouldAllBe(piece => piece >= 7 && piece <= 13);
        pieces.Distinct().Count().ShouldBeGreaterThan(1);
        Pieces(outgoing, slicer.Going(!outgoing)).ShouldBe([100]);
    }

    [Fact]
    [ShowsDecoratedFault(FaultKind.ShortRead)]
    public void A_short_read_gives_a_part_and_the_rest_with_the_next()
    {
        FaultRule rule = Fault.ShortRead().WithProbability(900);
        int[] pieces = Pieces(outgoing: false, rule.On("client", "server"));
        pieces.Sum().ShouldBe(100);
        pieces.Length.ShouldBeGreaterThan(1);
        Pieces(outgoing: true, rule.On("client", "server")).ShouldBe([100]);
    }

    [Fact]
    [ShowsDecoratedFault(FaultKind.ShortWrite)]
    public void A_short_write_takes_a_part_and_the_rest_is_sent_after_it()
    {
        FaultRule rule = Fault.ShortWrite();
        SimulatedWorld world = Decorated.Between(
            async (_, client, server) =>
            {
                client.Writer.Write(Hundred);
                (await server.Reader.ReadExactlyAsync(100)).ShouldBe(Hundred);
                server.Writer.Write(Hundred);
                (await client.Reader.ReadExactlyAsync(100)).ShouldBe(Hundred);
            },
            rule
        );
        int[] sent = world.Sizes(TraceKind.Sent);
        sent.ShouldContain(100);
        sent.Count(size => size is > 0 and < 100).ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(FaultKind.ShortRead)]
    [InlineData(FaultKind.ShortWrite)]
    [InlineData(FaultKind.Slicer)]
    public void A_fault_that_cuts_a_stream_is_reported_as_every_other_fault(FaultKind kind)
    {
        List<InjectedFault> struck = [];
        Decorated.Between(
            async (_, faulty, client, server) =>
            {
                faulty.OnStruck = struck.Add;
                client.Writer.Write(Hundred);
                await server.Reader.ReadExactlyAsync(100);
                server.Writer.Write(Hundred);
                await client.Reader.ReadExactlyAsync(100);
            },
            new FaultRule(kind).WithProbability(1000).AtMost(2)
        );
        struck.Select(fault => fault.Rule.Kind).ShouldBe([kind, kind]);
        struck.ShouldAllBe(fault => fault.Connection == 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.Coalescing)]
    public void Coalescing_joins_writes_and_never_keeps_a_full_segment_or_the_end(bool outgoing)
    {
        Decorated.Between(
            async (world, client, server) =>
            {
                (Connection from, Connection to) = outgoing ? (client, server) : (server, client);
                TimeSpan start = world.Scheduler.Now;
                for (int number = 0; number < 5; number++)
                {
                    from.Writer.Write("12345"u8);
                    await world.SleepAsync(0.1);
                }

                Talk.Text(await to.Reader.ReadAsync(100)).ShouldBe("1234512345123451234512345");
                (world.Scheduler.Now - start).ShouldBeInRange(Seconds(3), Seconds(3) + Soon);

                start = world.Scheduler.Now;
                from.Writer.Write("x"u8);
                await world.SleepAsync(0.1);
                from.Writer.Write(new byte[1460]);
                await to.Reader.ReadExactlyAsync(1460);
                (world.Scheduler.Now - start).ShouldBeLessThan(Seconds(0.1) + Soon);

                start = world.Scheduler.Now;
                from.Writer.WriteEof();
                (await to.Reader.ReadToEndAsync()).Length.ShouldBe(1);
                (world.Scheduler.Now - start).ShouldBeLessThan(Soon);
            },
            Fault.Coalescing(Seconds(3)).Going(outgoing)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.BitFlip)]
    public void A_flipped_bit_is_one_and_the_length_stays(bool outgoing)
    {
        byte[] received = Sent(outgoing, Fault.BitFlip().Nth(1).Going(outgoing));
        received.Length.ShouldBe(100);
        received.Zip(Hundred, (got, sent) => byte.PopCount((byte)(got ^ sent))).Sum(bits => bits).ShouldBe(1);
        Sent(outgoing, Fault.BitFlip().Going(!outgoing)).ShouldBe(Hundred);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [ShowsDecoratedFault(FaultKind.Truncation)]
    public void A_truncation_loses_the_end_of_what_is_sent(bool outgoing)
    {
        byte[] received = Sent(outgoing, Fault.Truncation().Nth(1).Going(outgoing));
        received.Length.ShouldBeLessThan(100);
        received.ShouldBe(Hundred[..received.Length]);
        Sent(outgoing, Fault.Truncation().Going(!outgoing)).ShouldBe(Hundred);
    }

    /// <summary>So that what is cut does not arrive at once.</summary>
    private static FaultRule Spread => Fault.Bandwidth(100_000);

    /// <summary>In which pieces a hundred bytes are read.</summary>
    private static int[] Pieces(bool outgoing, params FaultRule[] rules)
    {
        List<int> pieces = [];
        Decorated.Between(
            async (_, client, server) =>
            {
                (Connection from, Connection to) = outgoing ? (client, server) : (server, client);
                from.Writer.Write(Hundred);
                while (pieces.Sum() < 100)
                {
                    pieces.Add((await to.Reader.ReadAsync(1000)).Length);
                }
            },
            rules
        );
        return [.. pieces];
    }

    private static byte[] Sent(bool outgoing, FaultRule rule)
    {
        byte[] received = [];
        Decorated.Between(
            async (_, client, server) =>
            {
                (Connection from, Connection to) = outgoing ? (client, server) : (server, client);
                from.Writer.Write(Hundred);
                from.Writer.WriteEof();
                received = await to.Reader.ReadToEndAsync();
            },
            rule
        );
        return received;
    }
}
