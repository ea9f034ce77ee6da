namespace Deterministic.Core.Tests;

public class SkipTests
{
    [Fact]
    public void A_skip_drops_through_the_next_separator_and_counts_it()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc\ndef\n");
        reader.Skip("\n").ShouldBe(ReaderTalk.Skipped(4));
        reader.Line().ShouldBe(ReaderTalk.Ok("def\n"));
    }

    [Fact]
    public void A_skip_is_not_bound_by_the_limit_and_buffers_nothing()
    {
        CheckedPool pool = new();
        ReaderMachine reader = new(4, pool);
        reader.Skip("\n").ShouldBe(ReaderTalk.Pending);
        for (int i = 0; i < 1000; i++)
        {
            reader.Receive(new byte[1000]).ShouldBe(ReaderTalk.Pending);
            reader.Buffered.ShouldBe(0);
            reader.IsPaused.ShouldBeFalse();
            pool.Rented.ShouldBe(0);
        }

        reader.Feed("x\nab").ShouldBe(ReaderTalk.Skipped(1_000_002));
        reader.Read(9).ShouldBe(ReaderTalk.Ok("ab"));
    }

    [Fact]
    public void A_skip_keeps_only_what_could_begin_the_separator()
    {
        ReaderMachine reader = new(8);
        reader.Skip("--+").ShouldBe(ReaderTalk.Pending);
        reader.Feed("abc--").ShouldBe(ReaderTalk.Pending);
        reader.Buffered.ShouldBe(2);
        reader.Feed("-").ShouldBe(ReaderTalk.Pending);
        reader.Buffered.ShouldBe(2);
        reader.Feed("x").ShouldBe(ReaderTalk.Pending);
        reader.Buffered.ShouldBe(0);
        reader.Feed("--+y").ShouldBe(ReaderTalk.Skipped(10));
        reader.Buffered.ShouldBe(1);
    }

    [Fact]
    public void The_end_ends_a_skip_with_all_of_it()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab");
        reader.Skip("--").ShouldBe(ReaderTalk.Pending);
        reader.Feed("c-").ShouldBe(ReaderTalk.Pending);
        reader.End().ShouldBe(ReaderTalk.Skipped(4));
        reader.AtEof.ShouldBeTrue();
        reader.Skip("--").ShouldBe(ReaderTalk.Skipped(0));
    }

    [Fact]
    public void A_skip_stops_at_the_first_of_several_separators()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab;cd,e");
        reader.Skip(",", ";").ShouldBe(ReaderTalk.Skipped(3));
        reader.Skip(",", ";").ShouldBe(ReaderTalk.Skipped(3));
        reader.Skip(",", ";").ShouldBe(ReaderTalk.Pending);
    }

    [Fact]
    public void A_cancelled_skip_has_dropped_what_it_has_dropped_and_the_next_counts_from_zero()
    {
        ReaderMachine reader = new(8);
        reader.Feed("abc-");
        reader.Skip("--").ShouldBe(ReaderTalk.Pending);
        reader.Cancel().ShouldBeTrue();
        reader.BufferedText().ShouldBe("-");
        reader.Feed("-d");
        reader.Skip("--").ShouldBe(ReaderTalk.Skipped(2));
        reader.BufferedText().ShouldBe("d");
    }
}
