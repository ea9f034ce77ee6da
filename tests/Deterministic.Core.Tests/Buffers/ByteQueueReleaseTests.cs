using System.Buffers;
using Deterministic.Core.Buffers;

namespace Deterministic.Core.Tests;

/// <summary>When the memory of bytes that were taken, skipped or abandoned goes back to its pool.</summary>
public class ByteQueueReleaseTests
{
    private readonly CheckedPool _pool = new();
    private readonly ByteQueue _queue;

    public ByteQueueReleaseTests() => _queue = new ByteQueue(_pool);

    [Fact]
    public void Taken_bytes_are_kept_until_released()
    {
        _queue.Append(new byte[4096]);
        _queue.Append(new byte[4096]);
        ReadOnlySequence<byte> taken = _queue.Take(8192);
        _pool.Rented.ShouldBe(2);
        _queue.Reserve(0);
        _queue.Commit(1);
        _pool.Rented.ShouldBe(3, "a receive does not end the loan");
        taken.ToArray().ShouldAllBe(value => value == 0);
        _queue.Release();
        _pool.Rented.ShouldBe(1);
    }

    [Fact]
    public void Skipped_bytes_are_released_with_the_next_receive()
    {
        _queue.Append(new byte[4096]);
        _queue.Append(new byte[3000]);
        _queue.Skip(5000);
        _pool.Rented.ShouldBe(2);
        _queue.Reserve(0);
        _queue.Commit(10);
        _pool.Rents.Count.ShouldBe(2);
        _pool.Rented.ShouldBe(1);
        _queue.Length.ShouldBe(2106);
    }

    [Fact]
    public void A_segment_that_is_read_to_its_end_is_not_kept_for_the_receive_after_it()
    {
        Fill();
        _queue.Take(4096);
        _queue.Reserve(0);
        _pool.Rented.ShouldBe(2, "lent until released");
        _queue.Release();
        _pool.Rented.ShouldBe(1, "only the receive under way holds memory");
    }

    [Fact]
    public void What_is_taken_in_several_steps_is_kept_whole()
    {
        _queue.Append("abcd"u8);
        ReadOnlySequence<byte> first = _queue.Take(1);
        ReadOnlySequence<byte> second = _queue.Take(3);
        _queue.Reserve(0);
        _queue.Commit(0);
        Bytes.Text(first).ShouldBe("a");
        Bytes.Text(second).ShouldBe("bcd");
        _pool.Rented.ShouldBe(1);
    }

    [Fact]
    public void Once_released_receives_give_memory_back_again()
    {
        _queue.Append("a"u8);
        _queue.Take(1);
        _queue.Release();
        _queue.Reserve(0);
        _queue.Commit(0);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void Taking_nothing_borrows_nothing()
    {
        _queue.Append("a"u8);
        _queue.Take(0).IsEmpty.ShouldBeTrue();
        _queue.Skip(1);
        _queue.Reserve(0);
        _queue.Commit(0);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void A_release_keeps_what_is_unread_and_what_is_reserved()
    {
        _queue.Append(new byte[4096]);
        _queue.Append("ab"u8);
        _queue.Take(4097);
        _queue.Release();
        _pool.Rented.ShouldBe(1);
        Text(1).ShouldBe("b");

        Memory<byte> reserved = _queue.Reserve(0);
        _queue.Take(1);
        _queue.Release();
        _pool.Rented.ShouldBe(1);
        "cd"u8.CopyTo(reserved.Span);
        _queue.Commit(2);
        Text(2).ShouldBe("cd");
    }

    [Fact]
    public void An_empty_released_queue_holds_no_memory()
    {
        _queue.Append(Bytes.Counting(10_000));
        _queue.Skip(10_000);
        _queue.Release();
        _pool.Rented.ShouldBe(0);
        _queue.Append("ab"u8);
        Text(2).ShouldBe("ab");
    }

    [Fact]
    public void An_abandoned_queue_is_empty_and_returns_nothing()
    {
        _queue.Append("abc"u8);
        ReadOnlySequence<byte> seen = _queue.Peek(3);
        _queue.Abandon();
        _queue.Length.ShouldBe(0);
        _queue.Peek(0).IsEmpty.ShouldBeTrue();
        _queue.Release();
        _pool.Rented.ShouldBe(1, "a driver may still send from it");
        Bytes.Text(seen).ShouldBe("abc");
        _queue.Append("de"u8);
        Text(2).ShouldBe("de");
        _pool.Rented.ShouldBe(2);
    }

    [Fact]
    public void An_abandoned_reservation_and_loan_are_forgotten()
    {
        _queue.Append("abc"u8);
        _queue.Take(1);
        _queue.Reserve(0);
        _queue.Abandon();
        _queue.Reserved.ShouldBe(0);
        _queue.Front.ShouldBeNull();
        _queue.FrontIndex.ShouldBe(0);
        _queue.Reserve(0);
        _queue.Commit(0);
        _pool.Rented.ShouldBe(1, "the new one came back, the abandoned one did not");
    }

    private void Fill()
    {
        int room = _queue.Reserve(0).Length;
        _queue.Commit(room);
    }

    private string Text(long count) => Bytes.Text(_queue.Peek(count));
}
