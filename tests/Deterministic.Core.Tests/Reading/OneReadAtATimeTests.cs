namespace Deterministic.Core.Tests;

public class OneReadAtATimeTests
{
    public static TheoryData<ReadKind> Kinds => [.. Requests.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_second_read_is_refused_whatever_is_buffered_and_the_first_is_not_disturbed(ReadKind second)
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.Exactly(4).ShouldBe(ReaderTalk.Pending);
        string message = Should.Throw<InvalidOperationException>(() => reader.Begin(Requests.Of(second, 1))).Message;
        message.ShouldContain("one read at a time");
        message.ShouldContain("(Exactly)", customMessage: "it names the read that waits");
        reader.PendingRead.ShouldBe(ReadKind.Exactly);
        reader.Feed("cd").ShouldBe(ReaderTalk.Ok("abcd"));
    }

    [Fact]
    public void Even_a_read_of_nothing_is_refused()
    {
        ReaderMachine reader = new(8);
        reader.Read(1).ShouldBe(ReaderTalk.Pending);
        Should.Throw<InvalidOperationException>(() => reader.Read(0));
    }

    [Fact]
    public void Taking_all_is_refused_while_a_read_waits()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.Exactly(4).ShouldBe(ReaderTalk.Pending);
        Should
            .Throw<InvalidOperationException>(() => reader.TakeBuffered())
            .Message.ShouldContain("one read at a time");
        reader.Feed("cd").ShouldBe(ReaderTalk.Ok("abcd"));
    }
}
