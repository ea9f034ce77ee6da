namespace Deterministic.Core.Tests;

public class ReadLineTests
{
    [Clause("R-LINE-01")]
    [Fact]
    public void Only_a_line_feed_ends_a_line_and_it_belongs_to_the_line()
    {
        ReaderMachine reader = new(8);
        reader.Feed("a\rb\r\n\nc\0\n");
        reader.Line().ShouldBe(ReaderTalk.Ok("a\rb\r\n"));
        reader.Line().ShouldBe(ReaderTalk.Ok("\n"));
        reader.Line().ShouldBe(ReaderTalk.Ok("c\0\n"));
        reader.Line().ShouldBe(ReaderTalk.Pending);
    }

    [Clause("R-LINE-02")]
    [Fact]
    public void The_last_line_need_not_be_ended()
    {
        ReaderMachine reader = new(8);
        reader.Feed("a\nb");
        reader.End();
        reader.Line().ShouldBe(ReaderTalk.Ok("a\n"));
        reader.Line().ShouldBe(ReaderTalk.Ok("b"));
        reader.Line().ShouldBe(ReaderTalk.Ok(""));
    }

    public static TheoryData<string, string> Limits =>
        new()
        {
            { "", ReaderTalk.Pending },
            { "abc", ReaderTalk.Pending },
            { "abcd", ReaderTalk.OverrunNotFound(4) },
            { "abcdefgh", ReaderTalk.OverrunNotFound(8) },
            { "abc\n", ReaderTalk.Ok("abc\n") },
            { "abc\nd", ReaderTalk.Ok("abc\n") },
            { "abcd\n", ReaderTalk.OverrunFound(4) },
            { "abcd\ne\n", ReaderTalk.OverrunFound(4) },
            { "\nabcdefgh", ReaderTalk.Ok("\n") },
        };

    [Clause("R-LINE-03", "R-LINE-04", "R-LINE-05")]
    [Theory]
    [MemberData(nameof(Limits))]
    public void A_line_over_the_limit_is_refused_and_nothing_is_consumed(string buffered, string answer)
    {
        ReaderMachine reader = new(3);
        reader.Feed(buffered);
        reader.Line().ShouldBe(answer);
        if (answer.StartsWith("overrun", StringComparison.Ordinal))
        {
            reader.Buffered.ShouldBe(buffered.Length);
            reader.PendingRead.ShouldBe(ReadKind.None);
            reader.Line().ShouldBe(answer, "asking again changes nothing");
            reader.BufferedText().ShouldBe(buffered);
        }
    }

    [Fact]
    public void A_waiting_line_overruns_as_soon_as_it_is_too_long()
    {
        ReaderMachine reader = new(3);
        reader.Line().ShouldBe(ReaderTalk.Pending);
        reader.Feed("abc").ShouldBe(ReaderTalk.Pending);
        reader.Feed("d").ShouldBe(ReaderTalk.OverrunNotFound(4));
        reader.Buffered.ShouldBe(4);
    }

    [Clause("R-LINE-07")]
    [Fact]
    public void The_overrun_comes_before_the_end_of_the_stream()
    {
        ReaderMachine reader = new(3);
        reader.Feed("abcd");
        reader.End();
        reader.Line().ShouldBe(ReaderTalk.OverrunNotFound(4));
        reader.Read(4).ShouldBe(ReaderTalk.Ok("abcd"));
        reader.Line().ShouldBe(ReaderTalk.Ok(""));
    }

    [Clause("R-LINE-06")]
    [Fact]
    public void The_tail_of_an_overlong_line_is_never_taken_for_a_line()
    {
        ReaderMachine reader = new(3);
        reader.Feed("GET /aaaa");
        reader.Line().ShouldBe(ReaderTalk.OverrunNotFound(9));
        reader.Feed("evil\nnext\n");
        reader.Line().ShouldBe(ReaderTalk.OverrunFound(13));
        reader.Skip("\n").ShouldBe(ReaderTalk.Skipped(14));
        reader.Line().ShouldBe(ReaderTalk.OverrunFound(4));
    }
}
