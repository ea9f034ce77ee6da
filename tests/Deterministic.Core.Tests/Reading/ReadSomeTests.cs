namespace Deterministic.Core.Tests;

public class ReadSomeTests
{
    [Theory]
    [InlineData(1, "a", 4)]
    [InlineData(4, "abcd", 1)]
    [InlineData(5, "abcde", 0)]
    [InlineData(6, "abcde", 0)]
    [InlineData(long.MaxValue, "abcde", 0)]
    public void A_read_returns_what_is_there_and_no_more_than_asked(long count, string data, int left)
    {
        // A limit of 1, because a read is not bound by it.
        ReaderMachine reader = new(1);
        reader.Feed("abcde");
        reader.Read(count).ShouldBe(ReaderTalk.Ok(data));
        reader.Buffered.ShouldBe(left);
    }

    [Fact]
    public void A_read_waits_only_for_the_first_byte()
    {
        ReaderMachine reader = new(8);
        reader.Read(3).ShouldBe(ReaderTalk.Pending);
        reader.Poll().ShouldBe(ReaderTalk.Pending);
        reader.Feed("a").ShouldBe(ReaderTalk.Ok("a"));
        reader.PendingRead.ShouldBe(ReadKind.None);
    }

    [Fact]
    public void A_waiting_read_takes_no_more_than_asked()
    {
        ReaderMachine reader = new(8);
        reader.Read(3).ShouldBe(ReaderTalk.Pending);
        reader.Feed("abcde").ShouldBe(ReaderTalk.Ok("abc"));
        reader.Buffered.ShouldBe(2);
    }

    [Fact]
    public void Reading_nothing_never_waits()
    {
        ReaderMachine reader = new(8);
        reader.Read(0).ShouldBe(ReaderTalk.Ok(""));
        reader.Feed("a");
        reader.Read(0).ShouldBe(ReaderTalk.Ok(""));
        reader.Buffered.ShouldBe(1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(long.MinValue)]
    public void Any_negative_count_reads_to_the_end(long count)
    {
        ReadRequest.Read(count).Kind.ShouldBe(ReadKind.ToEnd);
        ReaderMachine reader = new(1);
        reader.Feed("ab");
        reader.Read(count).ShouldBe(ReaderTalk.Pending);
        reader.Feed("cd").ShouldBe(ReaderTalk.Pending);
        reader.End().ShouldBe(ReaderTalk.Ok("abcd"));
    }

    [Fact]
    public void A_request_that_asks_for_nothing_is_refused()
    {
        ReaderMachine reader = new(8);
        reader.Feed("a");
        Should.Throw<ArgumentException>(() => reader.Begin(default)).Message.ShouldContain("asks for nothing");
        reader.PendingRead.ShouldBe(ReadKind.None);
        reader.Read(1).ShouldBe(ReaderTalk.Ok("a"));
    }

    [Fact]
    public void A_request_says_what_it_asks_for()
    {
        default(ReadRequest).Kind.ShouldBe(ReadKind.None);
        (ReadRequest.Read(7).Kind, ReadRequest.Read(7).Count).ShouldBe((ReadKind.Some, 7));
        ReadRequest.Read(0).Kind.ShouldBe(ReadKind.Some);
        (ReadRequest.Exactly(7).Kind, ReadRequest.Exactly(7).Count).ShouldBe((ReadKind.Exactly, 7));
        ReadRequest.ToEnd.Kind.ShouldBe(ReadKind.ToEnd);
        (ReadRequest.Line.Kind, ReadRequest.Line.Separators).ShouldBe((ReadKind.Line, SeparatorSet.LineFeed));
        (ReadRequest.Until(SeparatorSet.CrLf).Kind, ReadRequest.Until(SeparatorSet.CrLf).Separators).ShouldBe(
            (ReadKind.Until, SeparatorSet.CrLf)
        );
        (ReadRequest.Skip(SeparatorSet.CrLf).Kind, ReadRequest.Skip(SeparatorSet.CrLf).Separators).ShouldBe(
            (ReadKind.Skip, SeparatorSet.CrLf)
        );
    }

    [Fact]
    public void A_request_is_checked_when_it_is_made()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => ReadRequest.Exactly(-1)).ParamName.ShouldBe("count");
        Should.Throw<ArgumentNullException>(() => ReadRequest.Until(null!)).ParamName.ShouldBe("separators");
        Should.Throw<ArgumentNullException>(() => ReadRequest.Skip(null!)).ParamName.ShouldBe("separators");
    }
}
