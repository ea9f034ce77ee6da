using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public class ReadErrorTests
{
    [Clause("R-LINE-08", "E-LIM-01")]
    [Theory]
    [InlineData("abcd\n", "Separator is found, but chunk is longer than limit", 4)]
    [InlineData("abcdef", "Separator is not found, and chunk exceed the limit", 6)]
    public void A_message_over_the_limit_throws_and_consumes_nothing(string data, string message, int consumed)
    {
        Wire wire = new(limit: 3);
        wire.Transport.Arrive(data);
        foreach (string form in new[] { "line", "borrow line", "until any", "borrow until any", "next" })
        {
            LimitOverrunException error = wire.Read(form).Error<LimitOverrunException>();
            error.Message.ShouldBe(message);
            error.Consumed.ShouldBe(consumed);
        }

        wire.Reader.PeekBuffered().ShouldBe(Bytes.Of(data));
    }

    [Fact]
    public void A_waiting_message_that_outgrows_the_limit_throws()
    {
        Wire wire = new(limit: 3);
        Task<string> line = wire.Read("line");
        wire.Transport.Arrive("abc");
        line.ShouldWait();
        wire.Transport.Arrive("d");
        line.Error<LimitOverrunException>().Consumed.ShouldBe(4);
        wire.Reader.Buffered.ShouldBe(4);
    }

    [Fact]
    public void A_message_that_is_incomplete_says_that_no_length_was_expected()
    {
        Wire wire = new();
        wire.Transport.Arrive("ab");
        wire.Transport.ArriveEof();
        IncompleteReadException error = wire.Read("until any").Error<IncompleteReadException>();
        error.Expected.ShouldBeNull();
        error.Partial.ToArray().ShouldBe(Bytes.Of("ab"));
        wire.Read("until any").Error<IncompleteReadException>().Partial.IsEmpty.ShouldBeTrue();
    }

    [Clause("R-EXC-04")]
    [Fact]
    public void Arguments_are_checked_before_anything_else()
    {
        Wire wire = new();
        Task<byte[]> waiting = wire.ReadAsync(3);
        Should.Throw<ArgumentOutOfRangeException>(() => wire.Reader.ReadExactlyAsync(-1)).ParamName.ShouldBe("count");
        Should.Throw<ArgumentOutOfRangeException>(() => wire.Reader.BorrowExactlyAsync(-1)).ParamName.ShouldBe("count");
        Should.Throw<ArgumentException>(() => wire.Reader.ReadUntilAsync(ReadOnlySpan<byte>.Empty));
        Should.Throw<ArgumentException>(() => wire.Reader.BorrowUntilAsync(ReadOnlySpan<byte>.Empty));
        Should
            .Throw<ArgumentNullException>(() => wire.Reader.ReadUntilAsync((SeparatorSet)null!))
            .ParamName.ShouldBe("separators");
        Should
            .Throw<ArgumentNullException>(() => wire.Reader.BorrowUntilAsync((SeparatorSet)null!))
            .ParamName.ShouldBe("separators");
        Should.Throw<ArgumentNullException>(() => wire.Reader.SkipUntilAsync(null!)).ParamName.ShouldBe("separators");
        wire.Transport.Arrive("abc");
        waiting.Text().ShouldBe("abc");
        wire.Transport.ArriveError(Wire.Reset);
        Should.Throw<ArgumentOutOfRangeException>(() => wire.Reader.ReadExactlyAsync(-1));
    }

    [Fact]
    public void Reading_nothing_at_all_throws_a_stored_error_too()
    {
        Wire wire = new();
        wire.Transport.ArriveError(Wire.Reset);
        wire.ReadAsync(0).Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }

    [Fact]
    public void A_failed_read_is_a_failed_task_and_not_a_cancelled_one()
    {
        Wire wire = new();
        ValueTask<byte[]> read = wire.Reader.ReadAsync(3);
        wire.Transport.ArriveError(Wire.Reset);
        read.IsFaulted.ShouldBeTrue();
        read.IsCompletedSuccessfully.ShouldBeFalse();
        read.AsTask().IsFaulted.ShouldBeTrue();
    }

    [Clause("R-EXC-05")]
    [Fact]
    public void An_error_that_comes_after_the_bytes_that_end_a_read_is_for_the_next_one()
    {
        Wire wire = new();
        ValueTask<byte[]> read = wire.Reader.ReadAsync(9);
        wire.Transport.Arrive("abc");
        wire.Transport.ArriveError(Wire.Reset);
        read.AsTask().Text().ShouldBe("abc");
        wire.ReadAsync(9).Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
    }

    [Clause("R-EXC-05")]
    [Fact]
    public void An_error_ends_a_read_that_waits_for_more_than_has_come()
    {
        Wire wire = new();
        ValueTask<byte[]> read = wire.Reader.ReadExactlyAsync(9);
        wire.Transport.Arrive("abc");
        wire.Transport.ArriveError(Wire.Reset);
        read.AsTask().Error<ConnectionException>().ShouldBeSameAs(Wire.Reset);
        wire.Reader.TakeBuffered().ShouldBe(Bytes.Of("abc"));
    }

    [Fact]
    public void A_read_is_awaited_once()
    {
        Wire wire = new();
        ValueTask<byte[]> first = wire.Reader.ReadAsync(3);
        ValueTask<byte[]> again = first;
        Should.Throw<InvalidOperationException>(() => again.GetAwaiter().GetResult(), "it still waits");
        wire.Transport.Arrive("abc");
        first.AsTask().Text().ShouldBe("abc");
        Task<byte[]> second = wire.ReadAsync(3);
        Should.Throw<InvalidOperationException>(() => again.GetAwaiter().GetResult());
        wire.Transport.Arrive("def");
        second.Text().ShouldBe("def");
    }
}
