namespace Deterministic.Core.Tests;

public class ReceiveLoanTests
{
    private readonly CheckedPool _pool = new();
    private readonly ReaderMachine _reader;

    public ReceiveLoanTests() => _reader = new ReaderMachine(8, _pool);

    [Clause("R-FEED-02")]
    [Fact]
    public void A_receive_is_read_where_it_was_received()
    {
        Memory<byte> lent = _reader.Reserve();
        "abc"u8.CopyTo(lent.Span);
        _reader.Received(3);
        _reader.Begin(ReadRequest.Read(3)).Data.First.Span.Overlaps(lent.Span).ShouldBeTrue();
    }

    [Fact]
    public void Only_what_was_received_joins()
    {
        "abcdef"u8.CopyTo(_reader.Reserve().Span);
        _reader.Received(2);
        _reader.Buffered.ShouldBe(2);
        _reader.Read(9).ShouldBe(ReaderTalk.Ok("ab"));
    }

    [Fact]
    public void A_loan_is_worth_a_system_call()
    {
        for (int i = 0; i < 50; i++)
        {
            _reader.Reserve().Length.ShouldBeGreaterThanOrEqualTo(512);
            _reader.Received(100);
        }
    }

    [Theory]
    [InlineData(0, 4096)]
    [InlineData(1, 4096)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 4097)]
    [InlineData(100_000, 100_000)]
    public void A_driver_may_ask_for_more_at_once(int atLeast, int lent) =>
        _reader.Reserve(atLeast).Length.ShouldBe(lent);

    [Theory]
    [InlineData(0, 600)]
    [InlineData(512, 600)]
    [InlineData(600, 600)]
    [InlineData(601, 4096)]
    [InlineData(5000, 5000)]
    public void What_is_left_of_a_segment_is_lent_while_it_is_as_much_as_asked_for(int atLeast, int lent)
    {
        _reader.Reserve();
        _reader.Received(3496);
        _reader.Reserve(atLeast).Length.ShouldBe(lent);
    }

    [Fact]
    public void A_negative_size_is_refused_and_nothing_is_lent()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => _reader.Reserve(-1)).ParamName.ShouldBe("atLeast");
        _pool.Rented.ShouldBe(0);
        _reader.Reserve(0).IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void Receiving_nothing_gives_the_memory_back()
    {
        _reader.Reserve();
        _pool.Rented.ShouldBe(1);
        _reader.Received(0);
        _reader.Buffered.ShouldBe(0);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void A_second_loan_is_refused_and_the_first_stands()
    {
        Memory<byte> lent = _reader.Reserve();
        Should.Throw<InvalidOperationException>(() => _reader.Reserve()).Message.ShouldContain("lent");
        "ab"u8.CopyTo(lent.Span);
        _reader.Received(2);
        _reader.Read(2).ShouldBe(ReaderTalk.Ok("ab"));
    }

    [Fact]
    public void Feeding_during_a_loan_is_refused_and_the_loan_stands()
    {
        Memory<byte> lent = _reader.Reserve();
        Should.Throw<InvalidOperationException>(() => _reader.Feed("x"u8)).Message.ShouldContain("lent out");
        "ab"u8.CopyTo(lent.Span);
        _reader.Received(2);
        _reader.Read(9).ShouldBe(ReaderTalk.Ok("ab"));
    }

    [Fact]
    public void Receiving_without_a_loan_is_refused()
    {
        Should
            .Throw<InvalidOperationException>(() => _reader.Received(0))
            .Message.ShouldContain("No receive was begun");
        _reader.Reserve();
        _reader.Received(1);
        Should.Throw<InvalidOperationException>(() => _reader.Received(1));
        _reader.Buffered.ShouldBe(1);
    }

    [Fact]
    public void Receiving_after_the_end_is_refused_and_the_memory_comes_back()
    {
        _reader.Reserve();
        _reader.ReceivedEof();
        Should
            .Throw<InvalidOperationException>(() => _reader.Received(1))
            .Message.ShouldContain("after the end of the stream");
        _reader.Buffered.ShouldBe(0);
        _reader.AtEof.ShouldBeTrue();
        _pool.Rented.ShouldBe(0);
        Should
            .Throw<InvalidOperationException>(() => _reader.Received(0))
            .Message.ShouldContain("No receive was begun");
    }

    [Fact]
    public void An_empty_receive_after_the_end_just_gives_the_memory_back()
    {
        _reader.Reserve();
        _reader.ReceivedEof();
        _reader.Received(0);
        _pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void A_loan_outlives_reads_of_all_that_came_before()
    {
        _reader.Feed("abc");
        Memory<byte> lent = _reader.Reserve();
        _reader.Read(3).ShouldBe(ReaderTalk.Ok("abc"));
        _reader.Release();
        _pool.Rented.ShouldBe(1, "the loan keeps its array");
        "def"u8.CopyTo(lent.Span);
        _reader.Received(3);
        _reader.Read(3).ShouldBe(ReaderTalk.Ok("def"));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(4097)]
    public void A_count_that_cannot_be_is_refused_and_the_loan_stands(int count)
    {
        Memory<byte> lent = _reader.Reserve();
        lent.Length.ShouldBe(4096);
        Should.Throw<ArgumentOutOfRangeException>(() => _reader.Received(count)).ParamName.ShouldBe("count");
        "ab"u8.CopyTo(lent.Span);
        _reader.Received(2);
        _reader.Read(9).ShouldBe(ReaderTalk.Ok("ab"));
    }
}
