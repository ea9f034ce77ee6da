namespace Deterministic.Core.Tests;

public class CancelReadTests
{
    public static TheoryData<ReadKind> Kinds => [.. Requests.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cancelled_read_loses_nothing(ReadKind kind)
    {
        // A skip drops what it has seen, and a read of some takes what there is: these two wait only on an empty buffer.
        string buffered = kind is ReadKind.Some or ReadKind.Skip ? "" : "ab";
        ReaderMachine reader = new(8);
        reader.Feed(buffered);
        reader.Ask(Requests.Of(kind, 5)).ShouldBe(ReaderTalk.Pending);
        reader.Cancel().ShouldBeTrue();
        reader.PendingRead.ShouldBe(ReadKind.None);
        reader.Buffered.ShouldBe(buffered.Length);
        reader.Feed("cd").ShouldBe(ReaderTalk.Pending, "nobody waits any more");
        reader.Read(9).ShouldBe(ReaderTalk.Ok(buffered + "cd"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_that_came_just_before_the_cancel_are_not_lost(ReadKind kind)
    {
        ReaderMachine reader = new(8);
        reader.Ask(Requests.Of(kind, 5)).ShouldBe(ReaderTalk.Pending);
        reader.Feed("cd\n"u8);
        reader.Cancel().ShouldBeTrue();
        reader.Read(9).ShouldBe(ReaderTalk.Ok("cd\n"));
    }

    [Fact]
    public void Cancelling_when_nothing_waits_does_nothing()
    {
        ReaderMachine reader = new(8);
        reader.Cancel().ShouldBeFalse();
        reader.Feed("ab");
        reader.Read(1);
        reader.Cancel().ShouldBeFalse();
        reader.Read(1).ShouldBe(ReaderTalk.Ok("b"));
    }
}
