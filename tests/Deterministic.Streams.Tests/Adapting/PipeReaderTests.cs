using System.Buffers;
using System.IO.Pipelines;

namespace Deterministic.Streams.Tests;

public class PipeReaderTests
{
    private readonly Wire _wire = new(limit: 8);
    private readonly PipeReader _pipe;
    private readonly CancellationTokenSource _source = new();

    public PipeReaderTests() => _pipe = _wire.Connection.AsDuplexPipe().Input;

    [Fact]
    public void A_read_shows_everything_and_what_is_not_consumed_is_shown_again()
    {
        _wire.Transport.Arrive("abcdef");
        ReadResult read = Read();
        Bytes.Text(read.Buffer).ShouldBe("abcdef");
        read.IsCompleted.ShouldBeFalse();
        read.IsCanceled.ShouldBeFalse();
        _pipe.AdvanceTo(read.Buffer.GetPosition(2));
        Bytes.Text(Read().Buffer).ShouldBe("cdef");
    }

    [Fact]
    public void After_everything_was_examined_a_read_waits_for_more()
    {
        _wire.Transport.Arrive("abcdef");
        ReadOnlySequence<byte> buffer = Read().Buffer;
        _pipe.AdvanceTo(buffer.GetPosition(2), buffer.End);
        Task<ReadResult> next = ReadAsync();
        next.ShouldWait();
        _wire.Transport.Arrive("g");
        Bytes.Text(next.Now().Buffer).ShouldBe("cdefg");
    }

    [Fact]
    public void What_was_not_examined_is_shown_at_once()
    {
        _wire.Transport.Arrive("abcdef");
        ReadOnlySequence<byte> buffer = Read().Buffer;
        _pipe.AdvanceTo(buffer.GetPosition(2), buffer.GetPosition(5));
        Bytes.Text(Read().Buffer).ShouldBe("cdef");
    }

    [Fact]
    public void The_memory_that_was_lent_does_not_change_while_more_arrives()
    {
        _wire.Transport.Arrive("abc");
        ReadOnlySequence<byte> buffer = Read().Buffer;
        _wire.Transport.Arrive(new string('x', 5));
        Bytes.Text(buffer).ShouldBe("abc");
        _pipe.AdvanceTo(buffer.End);
        Bytes.Text(Read().Buffer).ShouldBe("xxxxx");
    }

    [Fact]
    public void Positions_are_right_wherever_the_bytes_lie()
    {
        // Around the ends of segments, where positions have more than one name.
        Wire wire = new(limit: 100_000, transport: new ScriptedTransport { Smallest = 1000 });
        PipeReader pipe = wire.Connection.AsDuplexPipe().Input;
        string text = string.Concat(Enumerable.Range(0, 3000).Select(i => (char)('a' + (i % 23))));
        string left = "";
        for (int i = 0; i < 50; i++)
        {
            wire.Transport.Arrive(text[..(100 + (i * 37 % 900))]);
            left += text[..(100 + (i * 37 % 900))];
            ReadOnlySequence<byte> buffer = pipe.ReadAsync().AsTask().Now().Buffer;
            Bytes.Text(buffer).ShouldBe(left);
            int consumed = i % 3 == 2 ? left.Length : i * 101 % left.Length;
            int examined = consumed + (i * 13 % (left.Length - consumed + 1));
            pipe.AdvanceTo(buffer.GetPosition(consumed), buffer.GetPosition(examined));
            left = left[consumed..];
        }
    }

    [Fact]
    public void At_the_end_of_the_stream_a_read_shows_what_is_left_and_is_completed()
    {
        _wire.Transport.Arrive("abc");
        _wire.Transport.ArriveEof();
        ReadResult read = Read();
        while (!read.IsCompleted)
        {
            _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            read = Read();
        }

        Bytes.Text(read.Buffer).ShouldBe("abc");
        _pipe.AdvanceTo(read.Buffer.End);
        Read()
            .ShouldSatisfyAllConditions(
                end => end.IsCompleted.ShouldBeTrue(),
                end => end.Buffer.IsEmpty.ShouldBeTrue()
            );
    }

    [Fact]
    public void Without_waiting_there_is_a_result_only_if_there_is_something_new()
    {
        _pipe.TryRead(out _).ShouldBeFalse();
        _wire.Transport.Arrive("abc");
        _pipe.TryRead(out ReadResult result).ShouldBeTrue();
        Bytes.Text(result.Buffer).ShouldBe("abc");
        _pipe.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        _pipe.TryRead(out _).ShouldBeFalse();
        _wire.Transport.ArriveEof();
        _pipe.TryRead(out result).ShouldBeTrue();
        result.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void A_cancelled_read_ends_with_a_result_that_says_so()
    {
        Task<ReadResult> read = ReadAsync();
        _pipe.CancelPendingRead();
        read.ShouldWait();
        _wire.Transport.RunScheduled();
        read.Now().IsCanceled.ShouldBeTrue();
        _wire.Transport.Arrive("abc");

        // After a cancelled read one may read again at once.
        ReadResult next = Read();
        next.IsCanceled.ShouldBeFalse();
        Bytes.Text(next.Buffer).ShouldBe("abc");
    }

    [Fact]
    public void A_cancel_without_a_read_ends_the_next_one_with_what_there_is()
    {
        _wire.Transport.Arrive("abc");
        _pipe.CancelPendingRead();
        ReadResult read = Read();
        read.IsCanceled.ShouldBeTrue();
        Bytes.Text(read.Buffer).ShouldBe("abc");
        _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        ReadAsync().ShouldWait();
    }

    [Fact]
    public void A_token_cancels_the_read_and_nothing_is_lost()
    {
        Task<ReadResult> read = ReadAsync(_source.Token);
        _source.Cancel();
        _wire.Transport.RunScheduled();
        read.ShouldBeCancelledBy(_source.Token);
        _wire.Transport.Arrive("abc");
        Bytes.Text(Read().Buffer).ShouldBe("abc");
    }

    [Fact]
    public void Receiving_pauses_until_enough_is_consumed()
    {
        _wire.Transport.Arrive(new string('a', 17));
        _wire.Transport.IsReceiving.ShouldBeFalse("more than twice the limit is buffered");
        ReadOnlySequence<byte> buffer = Read().Buffer;
        _pipe.AdvanceTo(buffer.GetPosition(8), buffer.GetPosition(8));
        _wire.Transport.IsReceiving.ShouldBeFalse();
        buffer = Read().Buffer;
        _pipe.AdvanceTo(buffer.GetPosition(1));
        _wire.Transport.IsReceiving.ShouldBeTrue();
    }

    [Fact]
    public void A_read_that_examined_everything_and_waits_gets_more_though_the_limit_is_passed()
    {
        _wire.Transport.Arrive(new string('a', 17));
        ReadOnlySequence<byte> buffer = Read().Buffer;
        _pipe.AdvanceTo(buffer.Start, buffer.End);
        Task<ReadResult> next = ReadAsync();
        _wire.Transport.Arrive("b");
        next.Now().Buffer.Length.ShouldBe(18);
    }

    [Fact]
    public void What_is_out_of_turn_is_refused()
    {
        Should.Throw<InvalidOperationException>(() => _pipe.AdvanceTo(default)).Message.ShouldContain("read first");
        _wire.Transport.Arrive("abc");
        ReadOnlySequence<byte> buffer = Read().Buffer;
        Should.Throw<InvalidOperationException>(() => _pipe.TryRead(out _)).Message.ShouldContain("AdvanceTo");
        Should.Throw<InvalidOperationException>(() => Read());
        Should.Throw<ArgumentOutOfRangeException>(() => _pipe.AdvanceTo(buffer.End, buffer.Start));
        _pipe.AdvanceTo(buffer.End);
        Should.Throw<InvalidOperationException>(() => _pipe.AdvanceTo(buffer.End));
        ReadAsync().ShouldWait();
        Should.Throw<InvalidOperationException>(() => _pipe.TryRead(out _));
    }

    [Fact]
    public void A_read_of_the_connection_in_between_is_noticed()
    {
        _wire.Transport.Arrive("abc");
        ReadOnlySequence<byte> buffer = Read().Buffer;
        _wire.ReadAsync(1).Text().ShouldBe("a");
        Should.Throw<ArgumentOutOfRangeException>(() => _pipe.AdvanceTo(buffer.End));
    }

    [Fact]
    public void A_loss_is_thrown_and_what_was_lent_before_can_still_be_advanced()
    {
        _wire.Transport.Arrive("abc");
        ReadOnlySequence<byte> buffer = Read().Buffer;
        _wire.Transport.ArriveError(Wire.Reset);
        _pipe.AdvanceTo(buffer.GetPosition(1));
        ReadAsync().Error<IOException>().ShouldBeSameAs(Wire.Reset);
        Should.Throw<IOException>(() => _pipe.TryRead(out _)).ShouldBeSameAs(Wire.Reset);
        Bytes.Text(_wire.Reader.TakeBuffered()).ShouldBe("bc");
    }

    [Fact]
    public void After_completion_nothing_can_be_read()
    {
        _pipe.Complete();
        _pipe.Complete();
        Should.Throw<InvalidOperationException>(() => Read());
        Should.Throw<InvalidOperationException>(() => _pipe.TryRead(out _));
        Should.Throw<InvalidOperationException>(() => _pipe.AdvanceTo(default));
    }

    [Fact]
    public void Code_that_knows_only_pipes_works_with_it()
    {
        _wire.Transport.Arrive("abcdef");
        ReadResult atLeast = _pipe.ReadAtLeastAsync(4).AsTask().Now();
        _pipe.AdvanceTo(atLeast.Buffer.GetPosition(1));
        MemoryStream copy = new();
        Task copying = _pipe.CopyToAsync(copy);
        _wire.Transport.Arrive("gh");
        _wire.Transport.ArriveEof();
        copying.Now();
        Bytes.Text(copy.ToArray()).ShouldBe("bcdefgh");
    }

    private Task<ReadResult> ReadAsync(CancellationToken token = default) => _pipe.ReadAsync(token).AsTask();

    private ReadResult Read() => ReadAsync().Now();
}
