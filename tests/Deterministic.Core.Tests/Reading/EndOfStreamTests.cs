namespace Deterministic.Core.Tests;

public class EndOfStreamTests
{
    [Clause("R-EOF-01")]
    [Fact]
    public void The_end_may_be_told_twice()
    {
        ReaderMachine reader = new(8);
        reader.End();
        reader.End();
        reader.State.ShouldBe(ReaderState.Ended);
        reader.AtEof.ShouldBeTrue();
    }

    [Clause("R-EOF-02")]
    [Fact]
    public void The_end_is_reached_only_when_every_byte_was_read()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.AtEof.ShouldBeFalse();
        reader.End();
        reader.AtEof.ShouldBeFalse();
        reader.Read(1);
        reader.AtEof.ShouldBeFalse();
        reader.Read(1);
        reader.AtEof.ShouldBeTrue();
    }

    [Fact]
    public void An_empty_stream_that_has_not_ended_is_not_at_its_end() => new ReaderMachine(8).AtEof.ShouldBeFalse();

    [Clause("R-EOF-03")]
    [Fact]
    public void An_error_is_not_the_end()
    {
        ReaderMachine reader = new(8);
        reader.Fail("reset");
        reader.AtEof.ShouldBeFalse();
        reader.End();
        reader.AtEof.ShouldBeTrue();
    }

    public static TheoryData<ReadKind, string, string> Waiting =>
        new()
        {
            { ReadKind.Some, "", ReaderTalk.Ok("") },
            { ReadKind.ToEnd, "ab", ReaderTalk.Ok("ab") },
            { ReadKind.Line, "ab", ReaderTalk.Ok("ab") },
            { ReadKind.Line, "", ReaderTalk.Ok("") },
            { ReadKind.Exactly, "ab", ReaderTalk.Incomplete("ab", 3) },
            { ReadKind.Exactly, "", ReaderTalk.Incomplete("", 3) },
            { ReadKind.Until, "ab", ReaderTalk.Incomplete("ab", -1) },
            { ReadKind.Skip, "ab", ReaderTalk.Skipped(2) },
        };

    [Theory]
    [MemberData(nameof(Waiting))]
    public void The_end_answers_a_waiting_read(ReadKind kind, string buffered, string answer)
    {
        ReaderMachine reader = new(8);
        reader.Feed(buffered);
        reader.Ask(Requests.Of(kind, 3)).ShouldBe(ReaderTalk.Pending);
        reader.PendingRead.ShouldBe(kind);
        reader.End().ShouldBe(answer);
        reader.PendingRead.ShouldBe(ReadKind.None);
        reader.Buffered.ShouldBe(0);
        reader.AtEof.ShouldBeTrue();
        reader.Poll().ShouldBe(ReaderTalk.Pending, "an answer is given once");
    }

    [Theory]
    [MemberData(nameof(Waiting))]
    public void A_read_made_after_the_end_has_the_same_answer(ReadKind kind, string buffered, string answer)
    {
        ReaderMachine reader = new(8);
        reader.Feed(buffered);
        reader.End();
        reader.Ask(Requests.Of(kind, 3)).ShouldBe(answer);
        reader.PendingRead.ShouldBe(ReadKind.None);
    }

    [Theory]
    [InlineData(ReadKind.Some, "ok ''")]
    [InlineData(ReadKind.ToEnd, "ok ''")]
    [InlineData(ReadKind.Line, "ok ''")]
    [InlineData(ReadKind.Exactly, "incomplete '' of 3")]
    [InlineData(ReadKind.Until, "incomplete '' of -1")]
    [InlineData(ReadKind.Skip, "skipped 0")]
    public void At_the_end_every_read_repeats_itself(ReadKind kind, string answer)
    {
        ReaderMachine reader = new(8);
        reader.End();
        for (int i = 0; i < 3; i++)
        {
            reader.Ask(Requests.Of(kind, 3)).ShouldBe(answer);
        }
    }
}
