namespace Deterministic.Core.Tests;

public class ReaderFlowControlTests
{
    private const int Limit = 10;

    [Clause("R-FEED-03")]
    [Documented("StreamReader(limit)")]
    [Theory]
    [InlineData(1, 2, false)]
    [InlineData(1, 3, true)]
    [InlineData(Limit, 20, false)]
    [InlineData(Limit, 21, true)]
    [InlineData(Limit, 500, true)]
    [InlineData(65536, 131072, false)]
    [InlineData(65536, 131073, true)]
    public void Reader_pauses_when_more_than_twice_the_limit_is_buffered(int limit, int buffered, bool paused)
    {
        ReaderMachine fed = new(limit);
        fed.Feed(new byte[buffered]);
        fed.IsPaused.ShouldBe(paused);

        ReaderMachine dribbled = new(limit);
        for (int left = buffered; left > 0; )
        {
            int count = Math.Min(left, dribbled.Reserve().Length);
            dribbled.Received(count);
            left -= count;
        }

        dribbled.IsPaused.ShouldBe(paused);
    }

    [Fact]
    public void Twice_the_largest_limit_does_not_overflow()
    {
        ReaderMachine reader = new(int.MaxValue);
        reader.Feed("a");
        reader.IsPaused.ShouldBeFalse();
    }

    [Clause("R-FEED-04", "R-FEED-06")]
    [Fact]
    public void A_paused_reader_still_takes_what_comes_and_stays_paused()
    {
        ReaderMachine reader = Holding(21);
        reader.Feed("a");
        reader.Receive("b"u8);
        reader.Buffered.ShouldBe(23);
        reader.IsPaused.ShouldBeTrue();
    }

    [Fact]
    public void An_empty_receive_does_not_pause()
    {
        ReaderMachine reader = Holding(30);
        reader.Read(1);
        // Gathering for a read to the end resumed; cancelling it put everything back above the threshold.
        reader.ReadToEnd().ShouldBe(ReaderTalk.Pending);
        reader.Cancel();
        reader.IsPaused.ShouldBeFalse();
        reader.Feed("");
        reader.IsPaused.ShouldBeFalse();
        reader.Reserve();
        reader.Received(0);
        reader.IsPaused.ShouldBeFalse();
        reader.Feed("x");
        reader.IsPaused.ShouldBeTrue();
    }

    [Clause("R-RES-01")]
    [Theory]
    [InlineData(21, 10, true)]
    [InlineData(21, 11, false)]
    [InlineData(30, 19, true)]
    [InlineData(30, 20, false)]
    [InlineData(30, 30, false)]
    public void Reader_resumes_when_a_read_leaves_no_more_than_the_limit(int held, int read, bool paused)
    {
        Action<ReaderMachine>[] ways =
        [
            reader => reader.Read(read).ShouldStartWith("ok"),
            reader => reader.Exactly(read).ShouldStartWith("ok"),
        ];
        foreach (Action<ReaderMachine> way in ways)
        {
            ReaderMachine reader = Holding(held);
            way(reader);
            reader.Buffered.ShouldBe(held - read);
            reader.IsPaused.ShouldBe(paused);
        }
    }

    [Clause("R-RES-01")]
    [Theory]
    [InlineData(9, true)]
    [InlineData(10, true)]
    [InlineData(11, false)]
    public void A_message_resumes_by_the_same_rule(int before, bool paused)
    {
        Action<ReaderMachine>[] ways =
        [
            reader => reader.Line().ShouldStartWith("ok"),
            reader => reader.Until("\n").ShouldStartWith("ok"),
            reader => reader.Skip("\n").ShouldBe(ReaderTalk.Skipped(before)),
        ];
        foreach (Action<ReaderMachine> way in ways)
        {
            ReaderMachine reader = new(Limit);
            reader.Feed(new string('a', before - 1) + "\n" + new string('b', 21 - before));
            reader.IsPaused.ShouldBeTrue();
            way(reader);
            reader.IsPaused.ShouldBe(paused);
        }
    }

    [Clause("R-RES-02")]
    [Fact]
    public void A_read_that_must_wait_resumes_whatever_is_buffered()
    {
        ReaderMachine reader = Holding(25);
        reader.Exactly(26).ShouldBe(ReaderTalk.Pending);
        reader.IsPaused.ShouldBeFalse();
    }

    [Clause("R-RES-02")]
    [Fact]
    public void A_waiting_read_resumes_again_after_each_receive_that_does_not_satisfy_it()
    {
        ReaderMachine reader = Holding(25);
        reader.Exactly(100).ShouldBe(ReaderTalk.Pending);
        reader.Feed("a"u8);
        reader.IsPaused.ShouldBeTrue("the receive pauses");
        reader.Poll().ShouldBe(ReaderTalk.Pending);
        reader.IsPaused.ShouldBeFalse("the read that goes on waiting resumes");
    }

    [Fact]
    public void A_read_to_the_end_takes_out_of_the_count_what_it_gathers()
    {
        ReaderMachine reader = Holding(25);
        reader.ReadToEnd().ShouldBe(ReaderTalk.Pending);
        reader.Buffered.ShouldBe(0);
        reader.IsPaused.ShouldBeFalse();
        reader.Feed(new byte[20]);
        reader.IsPaused.ShouldBeFalse("only what it has not gathered counts");
        reader.Buffered.ShouldBe(20);
        reader.Poll().ShouldBe(ReaderTalk.Pending);
        reader.Buffered.ShouldBe(0);
        reader.Feed(new byte[21]);
        reader.IsPaused.ShouldBeTrue();
        reader.Poll().ShouldBe(ReaderTalk.Pending);
        reader.IsPaused.ShouldBeFalse();
    }

    [Fact]
    public void Polling_when_no_read_waits_does_not_resume()
    {
        ReaderMachine reader = Holding(21);
        reader.TryComplete(out ReadOutcome outcome).ShouldBeFalse();
        outcome.Status.ShouldBe(ReadStatus.Pending);
        reader.IsPaused.ShouldBeTrue();
    }

    [Clause("R-RES-03")]
    [Fact]
    public void Reading_nothing_does_not_resume()
    {
        ReaderMachine reader = new(Limit);
        reader.Feed(new byte[21]);
        reader.Exactly(26).ShouldBe(ReaderTalk.Pending);
        reader.Cancel();
        reader.Feed("a");
        reader.IsPaused.ShouldBeTrue();
        reader.Read(0).ShouldBe(ReaderTalk.Ok(""));
        reader.Exactly(0).ShouldBe(ReaderTalk.Ok(""));
        reader.IsPaused.ShouldBeTrue();
    }

    [Clause("R-RES-03", "R-LINE-09")]
    [Fact]
    public void An_overrun_does_not_resume()
    {
        ReaderMachine reader = Holding(21);
        reader.Line().ShouldBe(ReaderTalk.OverrunNotFound(21));
        reader.Until("\n").ShouldBe(ReaderTalk.OverrunNotFound(21));
        reader.IsPaused.ShouldBeTrue();
    }

    [Clause("R-RES-03")]
    [Fact]
    public void An_incomplete_read_does_not_resume()
    {
        ReaderMachine reader = Holding(21);
        reader.ReceivedEof();
        reader.Exactly(22).ShouldBe(ReaderTalk.Incomplete(Bytes.Text(new byte[21]), 22));
        reader.IsPaused.ShouldBeTrue();
        reader.Until("\n").ShouldBe(ReaderTalk.Incomplete("", -1));
        reader.IsPaused.ShouldBeTrue();
        reader.Line().ShouldBe(ReaderTalk.Ok(""));
        reader.IsPaused.ShouldBeTrue();
        reader.Exactly(0).ShouldBe(ReaderTalk.Ok(""));
        reader.Read(0).ShouldBe(ReaderTalk.Ok(""));
        reader.IsPaused.ShouldBeTrue("reading nothing does not resume either");
    }

    [Fact]
    public void A_failed_read_does_not_resume()
    {
        ReaderMachine reader = Holding(21);
        reader.Fail("reset");
        reader.Read(21).ShouldBe(ReaderTalk.Failed("reset"));
        reader.IsPaused.ShouldBeTrue();
    }

    [Fact]
    public void Taking_all_that_is_buffered_resumes()
    {
        ReaderMachine reader = Holding(21);
        reader.TakeAll().Length.ShouldBe(21);
        reader.IsPaused.ShouldBeFalse();
    }

    [Fact]
    public void Looking_at_what_is_buffered_does_not_resume()
    {
        ReaderMachine reader = Holding(21);
        reader.BufferedText().Length.ShouldBe(21);
        reader.IsPaused.ShouldBeTrue();
    }

    private static ReaderMachine Holding(int count)
    {
        ReaderMachine reader = new(Limit);
        reader.Feed(new byte[count]);
        return reader;
    }
}
