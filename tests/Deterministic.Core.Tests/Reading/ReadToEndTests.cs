namespace Deterministic.Core.Tests;

public class ReadToEndTests
{
    [Fact]
    public void Everything_comes_however_much_it_is()
    {
        ReaderMachine reader = new(4);
        reader.ReadToEnd().ShouldBe(ReaderTalk.Pending);
        for (int i = 0; i < 20; i++)
        {
            reader.Receive(Bytes.Counting(1000, i * 1000)).ShouldBe(ReaderTalk.Pending);
        }

        reader.End().ShouldBe(ReaderTalk.Ok(Bytes.Text(Bytes.Counting(20_000))));
        reader.Buffered.ShouldBe(0);
    }

    [Fact]
    public void What_it_gathers_does_not_count_as_buffered_while_it_waits()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        reader.ReadToEnd().ShouldBe(ReaderTalk.Pending);
        reader.Buffered.ShouldBe(0);
        reader.BufferedText().ShouldBe("");
        reader.Feed("de").ShouldBe(ReaderTalk.Pending);
        reader.Buffered.ShouldBe(0);
        reader.Cancel();
        reader.Buffered.ShouldBe(5);
        reader.BufferedText().ShouldBe("abcde");
    }

    [Fact]
    public void What_it_has_not_yet_gathered_is_what_is_buffered()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        reader.ReadToEnd().ShouldBe(ReaderTalk.Pending);
        reader.Feed("de"u8);
        reader.Buffered.ShouldBe(2);
        reader.BufferedText().ShouldBe("de");
    }

    [Fact]
    public void Bytes_that_only_it_gathered_do_not_keep_the_stream_from_its_end()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        reader.ReadToEnd().ShouldBe(ReaderTalk.Pending);
        reader.End().ShouldBe(ReaderTalk.Ok("abc"));
        reader.AtEof.ShouldBeTrue();
        reader.ReadToEnd().ShouldBe(ReaderTalk.Ok(""));
    }

    [Fact]
    public void A_read_after_a_finished_read_to_the_end_counts_from_zero()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc");
        reader.End();
        reader.ReadToEnd().ShouldBe(ReaderTalk.Ok("abc"));
        reader.Buffered.ShouldBe(0);
        reader.TakeAll().ShouldBe("");
    }
}
