using System.Buffers;
using Deterministic.Core.Buffers;

namespace Deterministic.Core.Tests;

public class ByteQueueTests
{
    private readonly CheckedPool _pool = new();
    private readonly ByteQueue _queue;

    public ByteQueueTests() => _queue = new ByteQueue(_pool);

    [Fact]
    public void A_queue_that_is_given_nothing_rents_nothing()
    {
        _queue.Append([]);
        _queue.Release();
        _queue.Peek(0).IsEmpty.ShouldBeTrue();
        _queue.Take(0).IsEmpty.ShouldBeTrue();
        _queue.Skip(0);
        _queue.Abandon();
        _pool.Rents.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, new[] { 4096 })]
    [InlineData(4096, new[] { 4096 })]
    [InlineData(4097, new[] { 4097 })]
    [InlineData(65536, new[] { 65536 })]
    [InlineData(65537, new[] { 65536, 4096 })]
    [InlineData(150_000, new[] { 65536, 65536, 18928 })]
    [InlineData(1_048_576, new[] { 262144, 262144, 262144, 262144 })]
    [InlineData(1_048_577, new[] { 262144, 262144, 262144, 262144, 4096 })]
    public void An_append_rents_what_it_needs_between_the_smallest_and_the_largest(int count, int[] rents)
    {
        byte[] data = Bytes.Counting(count);
        _queue.Append(data);
        _pool.Rents.ShouldBe(rents);
        _queue.Length.ShouldBe(count);
        _queue.Peek(count).ToArray().AsSpan().SequenceEqual(data).ShouldBeTrue();
    }

    [Fact]
    public void Small_appends_rent_larger_segments_once_much_is_queued()
    {
        for (int queued = 0; queued < 3 * 1024 * 1024; queued += 100_000)
        {
            _queue.Append(new byte[100_000]);
        }

        _pool.Rents.Take(10).ShouldAllBe(size => size <= 65536);
        _pool.Rents.ShouldAllBe(size => size <= 262144);
        _pool.Rented.ShouldBeLessThan(64);
        _pool.RentedBytes.ShouldBeLessThan(_queue.Length * 5 / 4);
    }

    [Fact]
    public void A_look_at_everything_does_not_walk_over_the_segments()
    {
        // A walk over the links from the front would never end: the second segment is made its own successor.
        _queue.Append(new byte[4096]);
        _queue.Append(new byte[4096]);
        BufferSegment second = _queue.Front!.Next!;
        _queue.Append(new byte[4096]);
        BufferSegment last = second.Next!;
        second.Link(second);
        foreach (int skipped in new[] { 0, 1, 4096 })
        {
            _queue.Skip(skipped);
            _queue.Peek(_queue.Length).End.ShouldBe(new SequencePosition(last, 4096));
        }
    }

    [Fact]
    public void A_look_at_everything_ends_with_the_last_byte_even_if_more_is_reserved()
    {
        _queue.Append(Bytes.Counting(4096));
        _queue.Reserve();
        ReadOnlySequence<byte> seen = _queue.Peek(4096);
        seen.IsSingleSegment.ShouldBeTrue();
        seen.ToArray().ShouldBe(Bytes.Counting(4096));
        _queue.Commit(0);
        _queue.Peek(4096).IsSingleSegment.ShouldBeTrue();
        _queue.Reserve().Span[0] = 1;
        _queue.Commit(1);
        _queue.Peek(4097).ToArray().ShouldBe([.. Bytes.Counting(4096), 1]);
    }

    [Theory]
    [InlineData(0, 9000, 8500)]
    [InlineData(0, 8501, 8500)]
    [InlineData(0, 8500, 5000)]
    [InlineData(0, 5000, -1)]
    [InlineData(0, 0, -1)]
    [InlineData(5000, 4000, 3500)]
    [InlineData(5001, 3499, -1)]
    [InlineData(8500, 500, 0)]
    [InlineData(8501, 499, -1)]
    public void The_last_of_some_bytes_is_found_in_any_segment(int front, int count, int found)
    {
        byte[] data = new byte[9000];
        data[5000] = data[8500] = 7;
        foreach (byte[] chunk in data.Chunk(4096))
        {
            _queue.Append(chunk);
        }

        _queue.Skip(front);
        _queue.LastIndexOf(7, count).ShouldBe(found);
    }

    [Fact]
    public void An_append_fills_the_tail_before_it_rents()
    {
        _queue.Append(new byte[4000]);
        _queue.Append(new byte[96]);
        _pool.Rents.ShouldBe([4096]);
        _queue.Append(new byte[1]);
        _pool.Rents.ShouldBe([4096, 4096]);
        _queue.Append(new byte[5000]);
        _pool.Rents.ShouldBe([4096, 4096, 4096]);
        _queue.Length.ShouldBe(9097);
    }

    [Theory]
    [InlineData(3583, 513)]
    [InlineData(3584, 512)]
    [InlineData(3585, 4096)]
    [InlineData(4095, 4096)]
    public void A_tail_is_lent_while_it_is_worth_a_receive(int filled, int lent)
    {
        _queue.Reserve(0);
        _queue.Commit(filled);
        _queue.Reserve(0).Length.ShouldBe(lent);
        _queue.Reserved.ShouldBe(lent);
    }

    [Fact]
    public void Full_receives_make_the_next_segment_larger_and_small_ones_smaller()
    {
        Fill();
        Fill();
        _queue.Reserve(0).Length.ShouldBe(16384);
        _queue.Commit(0);
        _queue.Skip(_queue.Length);
        _queue.Release();
        _queue.Reserve(0).Length.ShouldBe(16384, "an empty receive says nothing about size");
        _queue.Commit(1);
        _queue.Skip(1);
        _queue.Release();
        _queue.Reserve(0).Length.ShouldBe(8192);
    }

    [Fact]
    public void Bytes_are_received_behind_those_that_are_there()
    {
        _queue.Append("ab"u8);
        "cd"u8.CopyTo(_queue.Reserve(0).Span);
        _queue.Commit(2);
        _queue.Append("ef"u8);
        Text(6).ShouldBe("abcdef");
        _pool.Rents.Count.ShouldBe(1);
    }

    [Fact]
    public void Every_range_can_be_seen_wherever_segments_begin_and_end()
    {
        // Three segments of 4096 bytes, and the front anywhere around their edges.
        byte[] data = Bytes.Counting(3 * 4096);
        int[] edges = [0, 1, 4095, 4096, 4097, 8191, 8192, 8193, 12287, 12288];
        foreach (int front in edges)
        {
            ByteQueue queue = new(new CheckedPool());
            foreach (byte[] chunk in data.Chunk(4096))
            {
                queue.Append(chunk);
            }

            queue.Skip(front);
            queue.Length.ShouldBe(data.Length - front);
            foreach (int end in edges.Where(edge => edge >= front))
            {
                ReadOnlySequence<byte> seen = queue.Peek(end - front);
                seen.Length.ShouldBe(end - front);
                seen.ToArray().ShouldBe(data[front..end]);
            }
        }
    }

    [Fact]
    public void A_front_at_the_end_of_a_segment_goes_on_in_the_next_one()
    {
        _queue.Append(new byte[4096]);
        _queue.Take(4096).Length.ShouldBe(4096);
        _queue.Append("abc"u8);
        Text(3).ShouldBe("abc");
        _queue.Skip(2);
        Text(1).ShouldBe("c");
        _queue.Skip(1);
        _queue.Length.ShouldBe(0);
    }

    private void Fill()
    {
        int room = _queue.Reserve(0).Length;
        _queue.Commit(room);
    }

    private string Text(long count) => Bytes.Text(_queue.Peek(count));
}
