namespace Deterministic.Core.Tests;

public class ReaderFeedTests
{
    [Clause("R-FEED-01")]
    [Fact]
    public void Empty_data_changes_nothing_and_answers_nobody()
    {
        ReaderMachine reader = new(8);
        reader.Read(1).ShouldBe(ReaderTalk.Pending);
        reader.Feed("").ShouldBe(ReaderTalk.Pending);
        reader.Buffered.ShouldBe(0);
        reader.PendingRead.ShouldBe(ReadKind.Some);
    }

    [Clause("R-FEED-02")]
    [Documented("StreamReader.feed_data(data)")]
    [Fact]
    public void Fed_data_is_a_copy()
    {
        ReaderMachine reader = new(8);
        byte[] data = Bytes.Of("abc");
        reader.Feed(data);
        data.AsSpan().Clear();
        reader.Read(3).ShouldBe(ReaderTalk.Ok("abc"));
    }

    [Clause("R-FEED-07")]
    [Theory]
    [InlineData("")]
    [InlineData("a")]
    public void Feeding_after_the_end_is_refused_even_if_empty(string data)
    {
        ReaderMachine reader = new(8);
        reader.ReceivedEof();
        Should
            .Throw<InvalidOperationException>(() => reader.Feed(Bytes.Of(data)))
            .Message.ShouldContain("after the end of the stream");
        reader.Buffered.ShouldBe(0);
    }

    [Clause("R-FEED-08")]
    [Fact]
    public void Feeding_after_an_error_is_buffered_silently()
    {
        ReaderMachine reader = new(8);
        reader.Fail("reset");
        reader.Feed("abc");
        reader.Buffered.ShouldBe(3);
        reader.BufferedText().ShouldBe("abc");
    }

    [Fact]
    public void Bytes_come_out_in_the_order_they_went_in()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.Receive("cd"u8);
        reader.Feed("ef");
        reader.Buffered.ShouldBe(6);
        reader.Read(5).ShouldBe(ReaderTalk.Ok("abcde"));
        reader.Read(5).ShouldBe(ReaderTalk.Ok("f"));
    }
}
