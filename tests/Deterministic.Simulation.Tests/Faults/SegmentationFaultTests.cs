using Deterministic.Faults;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of segmentation: where a stream is cut and joined. Never which bytes it holds.</summary>
public sealed class SegmentationFaultTests
{
    [Fact]
    [ShowsFault(FaultKind.Slicer)]
    public void A_slicer_cuts_a_write_anywhere_and_without_it_a_write_arrives_as_one()
    {
        int[] cut = SegmentsOf(100, By(Fault.Slicer()));
        cut.Length.ShouldBeGreaterThan(1);
        cut.Sum().ShouldBe(100);
        SegmentsOf(100, Calm).ShouldBe([100]);
    }

    [Fact]
    public void A_slicer_cuts_pieces_of_its_size_and_variation()
    {
        int[] cut = SegmentsOf(1000, By(Fault.Slicer(averageBytes: 10, variation: 2)));
        cut[..^1].ShouldAllBe(size => size >= 8 && size <= 12);
        cut.Distinct().Count().ShouldBeGreaterThan(3);
        cut.Sum().ShouldBe(1000);

        SegmentsOf(100, By(Fault.Slicer(averageBytes: 30))).ShouldBe([30, 30, 30, 10]);
    }

    [Fact]
    [ShowsFault(FaultKind.ShortWrite)]
    public void A_short_write_takes_a_part_and_without_it_a_write_is_taken_whole()
    {
        int[] parts = OneWrite(100, By(Fault.ShortWrite())).Sizes(TraceKind.Sent);
        parts.Length.ShouldBeGreaterThan(1);
        parts.Sum().ShouldBe(100);
        OneWrite(100, Calm).Sizes(TraceKind.Sent).ShouldBe([100]);
    }

    [Fact]
    [ShowsFault(FaultKind.ShortRead)]
    public void A_short_read_hands_out_a_part_and_without_it_all_that_arrived()
    {
        FirstRead(By(Fault.ShortRead())).ShouldBeLessThan(100);
        FirstRead(Calm).ShouldBe(100);

        static int FirstRead(FaultProfile faults)
        {
            int first = 0;
            Talk.Between(
                async (_, client, server) =>
                {
                    client.Writer.Write(new byte[100]);
                    first = (await server.Reader.ReadAsync(100)).Length;
                },
                faults
            );
            return first;
        }
    }

    [Fact]
    [ShowsFault(FaultKind.Coalescing)]
    public void Coalescing_joins_two_writes_and_without_it_each_arrives_by_itself()
    {
        FaultProfile joining = By(Fault.Coalescing(Ms(50)));
        TwoWrites(joining, answerBetween: false).ShouldBe([2]);
        TwoWrites(joining, answerBetween: true).ShouldBe([2], "what arrives does not make it leave");
        TwoWrites(Calm, answerBetween: false).ShouldBe([1, 1]);
    }

    [Fact]
    public void What_coalescing_keeps_back_leaves_with_a_full_segment_or_the_end()
    {
        FaultProfile joining = By(Fault.Coalescing(Seconds(100)));
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write(new byte[TcpOptions.Default.MaxSegmentBytes]);
                await server.Reader.ReadExactlyAsync(TcpOptions.Default.MaxSegmentBytes);
                client.Writer.Write("last"u8);
                client.Writer.WriteEof();
                (await server.Reader.ReadToEndAsync()).Length.ShouldBe(4);
                world.Scheduler.Now.ShouldBeLessThan(Seconds(1));
            },
            joining
        );
    }

    private static int[] SegmentsOf(int bytes, FaultProfile faults) =>
        OneWrite(bytes, faults).Sizes(TraceKind.Received);

    private static int[] TwoWrites(FaultProfile faults, bool answerBetween)
    {
        int[] arrived = [];
        Talk.Between(
            async (world, client, server) =>
            {
                client.Writer.Write("a"u8);
                await Task.Delay(Ms(10), world.TimeProvider);
                if (answerBetween)
                {
                    world.Link(world.Host("server"), world.Host("client")).Hold(Ms(10));
                    server.Writer.Write(new byte[TcpOptions.Default.MaxSegmentBytes]);
                    await client.Reader.ReadExactlyAsync(TcpOptions.Default.MaxSegmentBytes);
                }

                client.Writer.Write("b"u8);
                await server.Reader.ReadExactlyAsync(2);
                arrived =
                [
                    .. world
                        .Trace.Events.Where(happened =>
                            happened.Kind == TraceKind.Received
                            && string.Equals(happened.Host, "server", StringComparison.Ordinal)
                        )
                        .Select(happened => (int)happened.Number),
                ];
            },
            faults
        );
        return arrived;
    }
}
