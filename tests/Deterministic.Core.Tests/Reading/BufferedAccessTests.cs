namespace Deterministic.Core.Tests;

public class BufferedAccessTests
{
    [Fact]
    public void Looking_takes_nothing()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        reader.BufferedText().ShouldBe("abc");
        reader.BufferedText().ShouldBe("abc");
        reader.Read(1).ShouldBe(ReaderTalk.Ok("a"));
        reader.BufferedText().ShouldBe("bc");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void What_is_buffered_can_be_seen_and_taken_in_every_state(bool ended, bool failed)
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        if (ended)
        {
            reader.End();
        }

        if (failed)
        {
            reader.Fail("reset");
        }

        reader.BufferedText().ShouldBe("abc");
        reader.TakeAll().ShouldBe("abc");
        reader.Buffered.ShouldBe(0);
        reader.TakeAll().ShouldBe("");
        reader.AtEof.ShouldBe(ended);
    }

    [Fact]
    public void What_was_taken_is_lent_until_the_next_read()
    {
        CheckedPool pool = new();
        ReaderMachine reader = new(8, pool);
        reader.Feed("abc");
        System.Buffers.ReadOnlySequence<byte> taken = reader.TakeBuffered();
        reader.Feed("def");
        Bytes.Text(taken).ShouldBe("abc");
        reader.Read(3).ShouldBe(ReaderTalk.Ok("def"));
        reader.Release();
        pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void Taking_ends_the_loan_before()
    {
        CheckedPool pool = new();
        ReaderMachine reader = new(8, pool);
        reader.Feed("abc");
        reader.Read(3);
        pool.Rented.ShouldBe(1);
        reader.TakeAll().ShouldBe("");
        pool.Rented.ShouldBe(0);
    }

    [Fact]
    public void A_search_starts_anew_after_all_was_taken()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc-");
        SeparatorSet separator = Bytes.Separators("--");
        reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        reader.Cancel();
        reader.TakeAll().ShouldBe("abc-");
        reader.Feed("-d--");
        reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Ok("-d--"));
    }
}
