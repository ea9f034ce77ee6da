namespace Deterministic.Core.Tests;

public class ReadExactlyTests
{
    [Fact]
    public void It_waits_for_exactly_so_many_bytes()
    {
        ReaderMachine reader = new(8);
        reader.Exactly(3).ShouldBe(ReaderTalk.Pending);
        reader.Feed("a").ShouldBe(ReaderTalk.Pending);
        reader.Feed("b").ShouldBe(ReaderTalk.Pending);
        reader.Feed("cd").ShouldBe(ReaderTalk.Ok("abc"));
        reader.Buffered.ShouldBe(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void It_takes_what_is_there_at_once(int count)
    {
        ReaderMachine reader = new(1);
        reader.Feed("abc");
        reader.Exactly(count).ShouldBe(ReaderTalk.Ok("abc"[..count]));
        reader.Buffered.ShouldBe(3 - count);
    }

    [Clause("R-EXA-02")]
    [Fact]
    public void Exactly_nothing_never_waits_also_at_the_end()
    {
        ReaderMachine reader = new(8);
        reader.Exactly(0).ShouldBe(ReaderTalk.Ok(""));
        reader.End();
        reader.Exactly(0).ShouldBe(ReaderTalk.Ok(""));
    }

    [Clause("R-EXA-03")]
    [Fact]
    public void It_may_exceed_the_limit_by_far()
    {
        ReaderMachine reader = new(1);
        reader.Exactly(10_000).ShouldBe(ReaderTalk.Pending);
        for (int i = 0; i < 9; i++)
        {
            reader.Receive(Bytes.Counting(1000, i * 1000)).ShouldBe(ReaderTalk.Pending);
            reader.IsPaused.ShouldBeFalse("or it would wait for ever");
        }

        reader.Receive(Bytes.Counting(1001, 9000)).ShouldBe(ReaderTalk.Ok(Bytes.Text(Bytes.Counting(10_000))));
        reader.Buffered.ShouldBe(1);
    }

    [Clause("R-EXA-04")]
    [Fact]
    public void The_end_leaves_it_incomplete_and_the_buffer_empty()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.End();
        reader.Exactly(3).ShouldBe(ReaderTalk.Incomplete("ab", 3));
        reader.Buffered.ShouldBe(0);
        reader.Exactly(3).ShouldBe(ReaderTalk.Incomplete("", 3));
    }

    [Clause("R-EXA-05")]
    [Fact]
    public void The_end_does_not_matter_if_enough_is_buffered()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abcd");
        reader.End();
        reader.Exactly(3).ShouldBe(ReaderTalk.Ok("abc"));
        reader.Exactly(1).ShouldBe(ReaderTalk.Ok("d"));
    }
}
