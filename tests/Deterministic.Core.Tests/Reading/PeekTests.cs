namespace Deterministic.Core.Tests;

public class PeekTests
{
    [Fact]
    public void A_look_shows_everything_and_takes_nothing()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        reader.Peek().ShouldBe(ReaderTalk.Shown("abc"));
        reader.Peek().ShouldBe(ReaderTalk.Shown("abc"));
        reader.Buffered.ShouldBe(3);
        reader.Read(9).ShouldBe(ReaderTalk.Ok("abc"));
    }

    [Fact]
    public void A_look_waits_until_there_is_more_than_was_seen()
    {
        ReaderMachine reader = new(8);
        reader.Peek().ShouldBe(ReaderTalk.Pending);
        reader.Feed("ab").ShouldBe(ReaderTalk.Shown("ab"));
        reader.Peek(seen: 2).ShouldBe(ReaderTalk.Pending);
        reader.Feed("c").ShouldBe(ReaderTalk.Shown("abc"));
    }

    [Fact]
    public void At_the_end_of_the_stream_a_look_shows_what_is_left_and_that_it_is_the_last()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.Peek(seen: 2).ShouldBe(ReaderTalk.Pending);
        reader.End().ShouldBe(ReaderTalk.Shown("ab", last: true));
        reader.Consume(2);
        reader.Peek().ShouldBe(ReaderTalk.Shown("", last: true));
    }

    [Fact]
    public void What_is_consumed_is_gone_and_the_rest_is_shown_again()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abcdef");
        reader.Peek();
        reader.Consume(2);
        reader.Peek().ShouldBe(ReaderTalk.Shown("cdef"));
    }

    [Fact]
    public void No_more_can_be_consumed_than_was_shown()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.Peek().ShouldBe(ReaderTalk.Shown("ab"));
        reader.Feed("cd");
        Should.Throw<ArgumentOutOfRangeException>(() => reader.Consume(3));
        Should.Throw<ArgumentOutOfRangeException>(() => reader.Consume(-1));
        reader.Consume(2);
        Should.Throw<ArgumentOutOfRangeException>(() => reader.Consume(1));
        reader.BufferedText().ShouldBe("cd");
    }

    [Fact]
    public void Another_read_leaves_nothing_to_consume()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abcd");
        reader.Peek();
        reader.Read(1).ShouldBe(ReaderTalk.Ok("a"));
        Should.Throw<ArgumentOutOfRangeException>(() => reader.Consume(1));
        reader.Peek();
        reader.TakeAll();
        Should.Throw<ArgumentOutOfRangeException>(() => reader.Consume(1));
    }

    [Fact]
    public void Consuming_resumes_receiving_as_reading_does()
    {
        ReaderMachine reader = new(4);
        reader.Feed("123456789");
        reader.IsPaused.ShouldBeTrue();
        reader.Peek();
        reader.Consume(4);
        reader.IsPaused.ShouldBeTrue("five are left, and the limit is four");
        reader.Peek();
        reader.Consume(1);
        reader.IsPaused.ShouldBeFalse();
    }

    [Fact]
    public void A_look_that_waits_resumes_receiving_however_much_is_buffered()
    {
        ReaderMachine reader = new(4);
        reader.Feed("123456789");
        reader.Peek(seen: 8).ShouldBe(ReaderTalk.Shown("123456789"));
        reader.IsPaused.ShouldBeTrue();
        reader.Peek(seen: 9).ShouldBe(ReaderTalk.Pending);
        reader.IsPaused.ShouldBeFalse();
    }

    [Fact]
    public void A_look_that_does_not_wait_changes_nothing_where_it_would_have_to()
    {
        ReaderMachine reader = new(4);
        reader.Feed("123456789");
        reader.TryPeek(9, out _).ShouldBeFalse();
        reader.IsPaused.ShouldBeTrue();
        reader.PendingRead.ShouldBe(ReadKind.None);
        reader.TryPeek(8, out ReadOutcome outcome).ShouldBeTrue();
        ReaderTalk.Say(outcome, ReadKind.Peek).ShouldBe(ReaderTalk.Shown("123456789"));
        Should.Throw<ArgumentOutOfRangeException>(() => reader.TryPeek(-1, out _));
    }

    [Fact]
    public void An_interrupt_ends_the_look_that_waits_or_the_next_one_and_only_one()
    {
        ReaderMachine reader = new(8);
        reader.Peek().ShouldBe(ReaderTalk.Pending);
        reader.Interrupted().ShouldBe(ReaderTalk.Shown("", interrupted: true));
        reader.Peek().ShouldBe(ReaderTalk.Pending);
        reader.Feed("a").ShouldBe(ReaderTalk.Shown("a"));
        reader.Interrupted().ShouldBe(ReaderTalk.Pending, "nobody waits");
        reader.Peek(seen: 1).ShouldBe(ReaderTalk.Shown("a", interrupted: true));
        reader.Peek(seen: 1).ShouldBe(ReaderTalk.Pending);
    }

    [Fact]
    public void An_interrupt_leaves_other_reads_alone()
    {
        ReaderMachine reader = new(8);
        reader.Exactly(2).ShouldBe(ReaderTalk.Pending);
        reader.Interrupted().ShouldBe(ReaderTalk.Pending);
        reader.Feed("ab").ShouldBe(ReaderTalk.Ok("ab"));
    }

    [Fact]
    public void An_error_counts_more_than_an_interrupt_and_what_is_buffered()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.Interrupt();
        reader.Failed(new ConnectionException("reset"));
        reader.Peek().ShouldBe(ReaderTalk.Failed("reset"));
    }

    [Fact]
    public void What_was_shown_before_the_connection_failed_can_still_be_consumed()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        reader.Peek();
        reader.Fail("reset");
        reader.Consume(2);
        reader.TakeAll().ShouldBe("c");
    }

    [Fact]
    public void A_negative_number_seen_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => ReadRequest.Peek(-1));

    [Fact]
    public void A_look_that_does_not_wait_ends_the_loan_of_the_read_before_it()
    {
        CheckedPool pool = new();
        ReaderMachine reader = new(100_000, pool);
        reader.Feed(new string('a', 4096));
        reader.Feed("b");
        reader.Exactly(4096);
        pool.Rented.ShouldBe(2);
        reader.TryPeek(1, out _).ShouldBeFalse();
        pool.Rented.ShouldBe(2, "it would have to wait, so nothing has changed");
        reader.TryPeek(0, out ReadOutcome outcome).ShouldBeTrue();
        pool.Rented.ShouldBe(1);
        Bytes.Text(outcome.Data).ShouldBe("b");
    }

    [Fact]
    public void What_is_consumed_gives_its_memory_back()
    {
        CheckedPool pool = new();
        ReaderMachine reader = new(100_000, pool);
        reader.Feed(new string('a', 4096));
        reader.Feed("b");
        reader.Peek();
        reader.Consume(4096);
        pool.Rented.ShouldBe(1);
        reader.Peek().ShouldBe(ReaderTalk.Shown("b"));
        reader.Consume(1);
        pool.Rented.ShouldBe(0);
        pool.VerifyUntouched();
    }
}
