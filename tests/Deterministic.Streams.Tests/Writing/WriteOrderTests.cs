using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class WriteOrderTests
{
    private readonly Wire _wire = new();

    public WriteOrderTests() => _wire.Transport.ForgetCalls();

    [Clause("W-WRITE-03")]
    [Documented("StreamWriter.write(data)")]
    [Fact]
    public void With_nothing_queued_bytes_are_sent_within_the_write()
    {
        _wire.Write("abc");
        _wire.Transport.Sent.ShouldBe("abc");
        _wire.Transport.Calls.ShouldBe("try[3]");
        _wire.Writer.Buffered.ShouldBe(0);
    }

    [Fact]
    public void What_the_transport_does_not_take_is_queued_and_sent_when_it_can()
    {
        _wire.Transport.Limit(2);
        _wire.Write("abcde");
        _wire.Writer.Buffered.ShouldBe(3);
        _wire.Transport.Accept(1);
        _wire.Transport.Sent.ShouldBe("abc");
        _wire.Transport.Accept(9);
        _wire.Transport.Sent.ShouldBe("abcde");
        _wire.Transport.Calls.ShouldBe("try[5] send[3] send[2]");
        _wire.Writer.Buffered.ShouldBe(0);
    }

    [Fact]
    public void A_write_goes_behind_what_is_queued()
    {
        _wire.Transport.Limit(1);
        _wire.Write("abc");
        _wire.Write("def");
        _wire.Transport.Calls.ShouldBe("try[3] send[2]");
        _wire.Transport.Accept(3);
        _wire.Write("ghi");
        _wire.Transport.Accept(99);
        _wire.Transport.Sent.ShouldBe("abcdefghi");
    }

    [Fact]
    public void Once_the_queue_is_empty_writes_are_sent_directly_again()
    {
        _wire.Transport.Limit(1);
        _wire.Write("ab");
        _wire.Transport.Accept(99);
        _wire.Transport.ForgetCalls();
        _wire.Write("cd");
        _wire.Transport.Calls.ShouldBe("try[2]");
    }

    [Clause("W-WRITE-05")]
    [Fact]
    public void Written_bytes_are_the_callers_again_at_once()
    {
        _wire.Transport.Limit(1);
        byte[] data = Bytes.Of("abc");
        _wire.Writer.Write(data);
        data.AsSpan().Clear();
        _wire.Writer.Write(data.AsSpan(0, 0));
        _wire.Transport.Accept(99);
        _wire.Transport.Sent.ShouldBe("abc");
    }

    [Fact]
    public void An_empty_write_does_nothing()
    {
        _wire.Write("");
        _wire.Writer.Write(ReadOnlySequence<byte>.Empty);
        _wire.Writer.WriteLines([]);
        _wire.Transport.Calls.ShouldBe("");
    }

    [Fact]
    public void A_sequence_is_written_whole_and_in_order()
    {
        _wire.Writer.Write(Bytes.Sequence("ab"));
        _wire.Writer.Write(Bytes.Sequence("cd", "", "ef"));
        _wire.Transport.Sent.ShouldBe("abcdef");
        _wire.Transport.Calls.ShouldBe("try[2] send[4]");
        _wire.Transport.Limit(0);
        _wire.Writer.Write(Bytes.Sequence("gh", "ij"));
        _wire.Writer.Buffered.ShouldBe(4);
        _wire.Transport.Accept(4);
        _wire.Transport.Sent.ShouldBe("abcdefghij");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_a_close_or_an_abort_writes_are_dropped_without_a_word(bool abort)
    {
        if (abort)
        {
            _wire.Writer.Abort();
        }
        else
        {
            _wire.Writer.Close();
        }

        _wire.Transport.ForgetCalls();
        _wire.Write("late");
        _wire.Write("");
        _wire.Writer.Write(Bytes.Sequence("la", "te"));
        _wire.Writer.WriteLines(Bytes.Pieces("la", "te"));
        _wire.Transport.Calls.ShouldBe("");
        _wire.Transport.Sent.ShouldBe("");
        _wire.Writer.Buffered.ShouldBe(0);
    }

    [Fact]
    public void A_write_behind_a_close_that_still_flushes_is_dropped_too()
    {
        _wire.Transport.Limit(0);
        _wire.Write("abc");
        _wire.Writer.Close();
        _wire.Write("late");
        _wire.Transport.Accept(99);
        _wire.Transport.Sent.ShouldBe("abc");
    }

    [Clause("W-WRITE-04")]
    [Fact]
    public void A_write_never_throws_for_what_the_network_does()
    {
        _wire.Transport.FailSend(Wire.Reset);
        _wire.Write("abc");
        _wire.Writer.IsClosing.ShouldBeTrue();
        _wire.Transport.Calls.ShouldBe("try[3] abort");
        _wire.Write("more");
        _wire.DrainAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        _wire.ReadAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        _wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }

    [Fact]
    public void A_send_that_fails_while_it_is_under_way_loses_the_connection()
    {
        _wire.Transport.Limit(0);
        _wire.Write("abc");
        Task closed = _wire.WaitClosedAsync();
        _wire.Transport.FailSend(Wire.Reset);
        closed.Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        _wire.Writer.Buffered.ShouldBe(0);
    }

    [Fact]
    public void A_queued_send_that_fails_at_once_loses_the_connection()
    {
        _wire.Transport.FailSend(Wire.Reset);
        _wire.Writer.WriteLines(Bytes.Pieces("abc"));
        _wire.Transport.Calls.ShouldBe("send[3] abort");
        _wire.WaitClosedAsync().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }
}
