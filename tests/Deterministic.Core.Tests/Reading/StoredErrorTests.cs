namespace Deterministic.Core.Tests;

public class StoredErrorTests
{
    public static TheoryData<ReadKind> Kinds => [.. Requests.Kinds];

    [Clause("R-EXC-01")]
    [Documented("StreamReader.set_exception(exc)")]
    [Fact]
    public void The_error_is_the_very_object_and_a_later_one_replaces_it()
    {
        ReaderMachine reader = new(8);
        ConnectionException first = new("first");
        ConnectionException second = new("second");
        reader.Failed(first);
        reader.Error.ShouldBeSameAs(first);
        reader.Failed(second);
        reader.Error.ShouldBeSameAs(second);
        reader.Begin(ReadRequest.Line).Error.ShouldBeSameAs(second);
    }

    [Fact]
    public void An_error_must_be_given()
    {
        ReaderMachine reader = new(8);
        Should.Throw<ArgumentNullException>(() => reader.Failed(null!)).ParamName.ShouldBe("error");
        reader.State.ShouldBe(ReaderState.Open);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_waiting_read_fails_and_the_bytes_stay(ReadKind kind)
    {
        ReaderMachine reader = new(8);
        bool waitsWithBytes = kind is not ReadKind.Some and not ReadKind.Skip;
        string buffered = waitsWithBytes ? "ab" : "";
        reader.Feed(buffered);
        reader.Ask(Requests.Of(kind, 3)).ShouldBe(ReaderTalk.Pending);
        reader.Fail("reset").ShouldBe(ReaderTalk.Failed("reset"));
        reader.PendingRead.ShouldBe(ReadKind.None);
        reader.Buffered.ShouldBe(buffered.Length);
        reader.BufferedText().ShouldBe(buffered);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_new_read_fails_whatever_is_buffered_or_ended(ReadKind kind)
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc\n");
        reader.Fail("reset");
        reader.Ask(Requests.Of(kind, 3)).ShouldBe(ReaderTalk.Failed("reset"));
        reader.End();
        reader.Ask(Requests.Of(kind, 3)).ShouldBe(ReaderTalk.Failed("reset"));
        reader.BufferedText().ShouldBe("abc\n");
    }

    [Fact]
    public void A_read_of_nothing_fails_too()
    {
        ReaderMachine reader = new(8);
        reader.Fail("reset");
        reader.Read(0).ShouldBe(ReaderTalk.Failed("reset"));
        reader.Exactly(0).ShouldBe(ReaderTalk.Failed("reset"));
    }

    [Fact]
    public void An_error_that_comes_with_the_data_hides_the_data_but_keeps_it()
    {
        ReaderMachine reader = new(8);
        reader.Read(9).ShouldBe(ReaderTalk.Pending);
        reader.Feed("abc"u8);
        reader.Fail("reset").ShouldBe(ReaderTalk.Failed("reset"));
        reader.TakeAll().ShouldBe("abc");
    }

    [Fact]
    public void A_failed_read_to_the_end_keeps_what_it_gathered()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        reader.ReadToEnd().ShouldBe(ReaderTalk.Pending);
        reader.Feed("def").ShouldBe(ReaderTalk.Pending);
        reader.Fail("reset").ShouldBe(ReaderTalk.Failed("reset"));
        reader.Buffered.ShouldBe(6);
        reader.TakeAll().ShouldBe("abcdef");
    }
}
