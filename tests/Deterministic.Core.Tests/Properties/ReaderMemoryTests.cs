using Deterministic.Core.Buffers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Core.Tests;

/// <summary>
/// What a reader can be made to hold by a peer that sends without end. Two things are measured, after every receive and every read, with a driver that
/// receives whenever reading is not paused and reads that ask for no more than the limit:
/// <list type="bullet">
/// <item>unread bytes: at most 2 × limit + one receive;</item>
/// <item>bytes rented from the pool: those and what is lent to the reader, an eighth for what is left unused at the ends of segments,
/// and two segments for the one half read at the front and the one half filled at the back.</item>
/// </list>
/// </summary>
public class ReaderMemoryTests
{
    private static readonly Gen<ReadRequest> Request = Gen.Frequency(
        (3, Gen.Choose(0, 1_000_000).Select(count => ReadRequest.Read(count))),
        (2, Gen.Choose(0, 100).Select(count => ReadRequest.Exactly(count))),
        (2, Gen.Constant(ReadRequest.Line)),
        (2, Gen.Constant(ReadRequest.Until(SeparatorSet.CrLf))),
        (1, Gen.Constant(ReadRequest.Skip(SeparatorSet.LineFeed)))
    );

    [Property(Arbitrary = [typeof(Flows)], MaxTest = 100)]
    public void It_stays_within_twice_the_limit_and_one_receive(Flow flow)
    {
        CheckedPool pool = new();
        ReaderMachine reader = new(flow.Limit, pool);
        long borrowed = 0;
        int largest = 0;
        long sent = 0;
        foreach (ReadRequest request in flow.Requests)
        {
            ReadOutcome outcome = reader.Begin(request);
            borrowed = outcome.Data.Length;
            Measure();
            while (!reader.IsPaused)
            {
                Receive();
                bool completed = reader.TryComplete(out outcome);
                borrowed = completed ? outcome.Data.Length : borrowed;
                Measure();
            }

            reader.PendingRead.ShouldBe(ReadKind.None, "no read waits at a paused reader");
        }

        void Receive()
        {
            Span<byte> lent = reader.Reserve().Span;
            int count = Math.Min(flow.Receive, lent.Length);
            lent[..count].Fill((byte)'a');
            for (int i = flow.LineEvery - 1 - (int)(sent % flow.LineEvery); i < count; i += flow.LineEvery)
            {
                lent[i] = (byte)'\n';
            }

            sent += count;
            largest = Math.Max(largest, count);
            reader.Received(count);
        }

        void Measure()
        {
            long bound = (2 * flow.Limit) + largest;
            reader.Buffered.ShouldBeLessThanOrEqualTo(bound);
            long rented = ((bound + borrowed) * 8 / 7) + (2 * SegmentSize.Largest);
            pool.RentedBytes.ShouldBeLessThanOrEqualTo(rented);
        }
    }

    [Fact]
    public void An_idle_reader_with_a_receive_under_way_holds_one_segment_and_no_more()
    {
        // However its stream ended up in segments: it read everything, and waits.
        for (int received = 1; received < 20_000; received += 97)
        {
            CheckedPool pool = new();
            ReaderMachine reader = new(1_000_000, pool);
            for (int left = received; left > 0; )
            {
                int count = Math.Min(left, reader.Reserve().Length);
                reader.Received(count);
                left -= count;
            }

            reader.Begin(ReadRequest.Exactly(received));
            reader.Reserve();
            reader.Read(1).ShouldBe(ReaderTalk.Pending);
            pool.Rented.ShouldBe(1);
        }
    }

    /// <param name="Limit">Of the reader.</param>
    /// <param name="Receive">The most bytes of one receive.</param>
    /// <param name="LineEvery">After how many bytes a line ends.</param>
    /// <param name="Requests">The reads.</param>
    public sealed record Flow(int Limit, int Receive, int LineEvery, IReadOnlyList<ReadRequest> Requests)
    {
        public override string ToString() =>
            $"limit {Limit}, receives of {Receive}, a line every {LineEvery}: "
            + string.Join(", ", Requests.Select(request => $"{request.Kind} {request.Count}"));
    }

    internal static class Flows
    {
        public static Arbitrary<Flow> All() =>
            (
                from limit in Gen.Elements(100, 1000, 4096, 20_000, 65_536)
                from receive in Gen.Elements(1, 100, 3000, 65_536)
                from lineEvery in Gen.Elements(10, 99, 5000)
                from requests in Request.ListOf().Resize(40)
                select new Flow(limit, receive, lineEvery, requests)
            ).ToArbitrary();
    }
}
