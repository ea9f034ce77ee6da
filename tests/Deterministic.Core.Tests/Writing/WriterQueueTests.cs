using System.Buffers;

namespace Deterministic.Core.Tests;

public class WriterQueueTests
{
    private readonly CheckedPool _pool = new();
    private readonly WriterMachine _writer;

    public WriterQueueTests() => _writer = new WriterMachine(WriteBufferLimits.Default, _pool);

    [Fact]
    public void A_new_writer_has_nothing_to_do_and_holds_no_memory()
    {
        _writer.Buffered.ShouldBe(0);
        _writer.IsPaused.ShouldBeFalse();
        _writer.End.ShouldBe(EofState.Open);
        _writer.Sending.ShouldBe(SendState.Idle);
        _writer.HasOutput.ShouldBeFalse();
        _writer.TryBeginSend(out ReadOnlySequence<byte> data).ShouldBeFalse();
        data.IsEmpty.ShouldBeTrue();
        _writer.TryBeginEnd().ShouldBeFalse();
        _writer.Limits.ShouldBe(WriteBufferLimits.Default);
        _writer.Sending.ShouldBe(SendState.Idle);
        _pool.Rents.ShouldBeEmpty();
    }

    [Fact]
    public void Writes_go_out_in_order_and_together()
    {
        _writer.Write("ab");
        _writer.Write("");
        _writer.Write("cd");
        _writer.HasOutput.ShouldBeTrue();
        _writer.Send().ShouldBe("abcd");
        _writer.Sending.ShouldBe(SendState.Sending);
        _writer.HasOutput.ShouldBeFalse();
    }

    [Fact]
    public void What_was_not_taken_is_sent_next_before_what_was_written_meanwhile()
    {
        _writer.Write("abcd");
        _writer.Send();
        _writer.Write("ef");
        _writer.Sent(1);
        _writer.Buffered.ShouldBe(5);
        _writer.Send().ShouldBe("bcdef");
        _writer.Sent(5);
        _writer.Send().ShouldBeNull();
    }

    [Fact]
    public void A_send_that_took_nothing_is_made_again()
    {
        _writer.Write("ab");
        _writer.Send();
        _writer.Sent(0);
        _writer.Buffered.ShouldBe(2);
        _writer.Sending.ShouldBe(SendState.Idle);
        _writer.Send().ShouldBe("ab");
    }

    [Fact]
    public void Only_one_send_is_under_way()
    {
        _writer.Write("ab");
        _writer.Send().ShouldBe("ab");
        _writer.Send().ShouldBeNull();
        _writer.TryBeginDirect().ShouldBeFalse();
        _writer.Write("c");
        _writer.Send().ShouldBeNull();
        _writer.Sending.ShouldBe(SendState.Sending);
    }

    [Clause("W-WRITE-05")]
    [Fact]
    public void Written_bytes_are_the_callers_again_at_once()
    {
        byte[] data = Bytes.Of("abc");
        _writer.Write(data);
        data.AsSpan().Clear();
        _writer.Send().ShouldBe("abc");
    }

    [Fact]
    public void What_is_being_sent_stays_as_it_is_while_more_is_written()
    {
        _writer.Write("abc");
        _writer.TryBeginSend(out ReadOnlySequence<byte> sending);
        for (int i = 0; i < 100; i++)
        {
            _writer.Write(Bytes.Counting(1000));
        }

        Bytes.Text(sending).ShouldBe("abc");
    }

    [Fact]
    public void Memory_comes_back_as_it_is_sent()
    {
        _writer.Write(new byte[4096]);
        _writer.Write(new byte[4096]);
        _pool.Rented.ShouldBe(2);
        _writer.Take(4096);
        _pool.Rented.ShouldBe(1);
        _writer.Take(4096);
        _pool.Rented.ShouldBe(0);
        _pool.VerifyUntouched();
    }

    [Fact]
    public void A_result_without_a_send_is_refused()
    {
        Should.Throw<InvalidOperationException>(() => _writer.Sent(0)).Message.ShouldContain("No send was begun");
        _writer.Write("ab");
        Should.Throw<InvalidOperationException>(() => _writer.Sent(1));
        _writer.Take(1);
        Should.Throw<InvalidOperationException>(() => _writer.Sent(1));
        _writer.TryBeginSend(out _);
        Should
            .Throw<InvalidOperationException>(() => _writer.SentDirect([]))
            .Message.ShouldContain("No send was begun");
        _writer.Buffered.ShouldBe(1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public void A_count_that_cannot_be_is_refused_and_the_send_stands(long count)
    {
        _writer.Write("ab");
        _writer.Send().ShouldBe("ab");
        Should.Throw<ArgumentOutOfRangeException>(() => _writer.Sent(count)).ParamName.ShouldBe("count");
        _writer.Sending.ShouldBe(SendState.Sending);
        _writer.Sent(2);
        _writer.Buffered.ShouldBe(0);
    }

    [Fact]
    public void Discarding_empties_the_queue_but_keeps_the_memory_of_a_send_under_way()
    {
        _writer.Write("abc");
        _writer.TryBeginSend(out ReadOnlySequence<byte> sending);
        _writer.Discard();
        _writer.Buffered.ShouldBe(0);
        _writer.HasOutput.ShouldBeFalse();
        Bytes.Text(sending).ShouldBe("abc");
        _pool.Rented.ShouldBe(1, "it is left to the garbage collector: the driver may still read it");
    }
}
