namespace Deterministic.Core.Tests;

/// <summary>
/// A search never looks at the same byte twice. Observed from outside: once a byte was looked at, a separator is planted over it
/// in the lent memory. A search that looked again would find the plant.
/// </summary>
public class SearchOnceTests
{
    private readonly ReaderMachine _reader = new(1_000_000);
    private readonly List<Memory<byte>> _received = [];

    [Fact]
    public void A_waiting_search_goes_on_where_it_stopped()
    {
        _reader.Line().ShouldBe(ReaderTalk.Pending);
        for (int i = 0; i < 100; i++)
        {
            Receive(new string('a', 100)).ShouldBe(ReaderTalk.Pending);
            Plant("\n");
        }

        Receive("b\n").Length.ShouldBe(ReaderTalk.Ok("").Length + 10_002);
    }

    [Fact]
    public void A_search_made_anew_after_a_cancel_goes_on_where_the_first_stopped()
    {
        for (int i = 0; i < 10; i++)
        {
            Receive("aaaa");
            _reader.Line().ShouldBe(ReaderTalk.Pending);
            Plant("\n");
            _reader.Cancel().ShouldBeTrue();
        }

        Receive("b\n");
        _reader.Line().Length.ShouldBe(ReaderTalk.Ok("").Length + 42);
    }

    [Fact]
    public void Reading_from_the_front_does_not_send_the_search_back()
    {
        Receive("aaaaaaaa");
        _reader.Line().ShouldBe(ReaderTalk.Pending);
        _reader.Cancel();
        Plant("\n");
        _reader.Read(3).ShouldBe(ReaderTalk.Ok("\n\n\n"));
        Receive("b\n");
        _reader.Line().ShouldBe(ReaderTalk.Ok("\n\n\n\n\nb\n"));
    }

    [Fact]
    public void A_search_does_not_go_back_for_a_separator_that_has_begun()
    {
        // The worst case of a naive search: every byte could begin the separator.
        SeparatorSet separator = Bytes.Separators(new string('a', 50) + "b");
        _reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        for (int i = 0; i < 30; i++)
        {
            Receive(new string('a', 49)).ShouldBe(ReaderTalk.Pending);
            Plant("x");
        }

        Receive("aaaa");
        Receive("b").ShouldStartWith("ok");
        _reader.Buffered.ShouldBe(0);
    }

    [Fact]
    public void Reading_into_a_separator_that_has_begun_does_not_send_the_search_back()
    {
        // After "xabcab", "abcab" may begin it; with "xab" read, "cab" is left, of which only "ab" may.
        SeparatorSet separator = Bytes.Separators("abcabd");
        Receive("xabcab");
        _reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        _reader.Cancel();
        Plant("z");
        _reader.Read(3).ShouldBe(ReaderTalk.Ok("zzz"));
        Receive("cabd");
        _reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Ok("zzzcabd"));
        _reader.Buffered.ShouldBe(0);
    }

    [Fact]
    public void A_separator_whose_beginning_was_read_off_is_not_found()
    {
        SeparatorSet separator = Bytes.Separators("abcabd");
        Receive("xabcab");
        _reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        _reader.Cancel();
        _reader.Read(3).ShouldBe(ReaderTalk.Ok("xab"));
        Receive("d");
        _reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        Receive("abcabd").ShouldBe(ReaderTalk.Ok("cabdabcabd"));
    }

    [Fact]
    public void What_was_begun_and_not_continued_is_forgotten_over_several_receives()
    {
        SeparatorSet separator = Bytes.Separators("ab");
        _reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        Receive("a").ShouldBe(ReaderTalk.Pending);
        Receive("xyz").ShouldBe(ReaderTalk.Pending);
        Receive("b").ShouldBe(ReaderTalk.Pending);
        Receive("ab").ShouldBe(ReaderTalk.Ok("axyzbab"));
    }

    [Fact]
    public void An_overrun_that_repeats_itself_does_not_look_again()
    {
        ReaderMachine reader = new(2);
        Memory<byte> lent = reader.Reserve();
        "abcdef\ng"u8.CopyTo(lent.Span);
        reader.Received(8);
        reader.Line().ShouldBe(ReaderTalk.OverrunFound(6));
        lent.Span[3] = (byte)'\n';
        reader.Line().ShouldBe(ReaderTalk.OverrunFound(6));
        lent.Span[6] = (byte)'f';
        reader.Line().ShouldBe(ReaderTalk.OverrunFound(6));
    }

    [Fact]
    public void A_skip_does_not_look_again_at_what_it_keeps()
    {
        SeparatorSet separator = Bytes.Separators("abc");
        _reader.Ask(ReadRequest.Skip(separator)).ShouldBe(ReaderTalk.Pending);
        Receive("xxab").ShouldBe(ReaderTalk.Pending);
        _reader.Buffered.ShouldBe(2, "what could begin the separator is kept");
        Plant("x");
        Receive("c").ShouldBe(ReaderTalk.Skipped(5));
    }

    [Fact]
    public void The_search_crosses_segments_without_going_back()
    {
        _reader.Line().ShouldBe(ReaderTalk.Pending);
        for (int i = 0; i < 12; i++)
        {
            int room = _reader.Reserve().Length;
            _reader.Received(0);
            Receive(new string('a', room)).ShouldBe(ReaderTalk.Pending);
            Plant("\n");
        }

        Receive("b\n").ShouldEndWith("b\n'");
        _reader.Buffered.ShouldBe(0);
    }

    private string Receive(string text)
    {
        Memory<byte> lent = _reader.Reserve();
        Bytes.Of(text).CopyTo(lent.Span);
        _received.Add(lent[..text.Length]);
        _reader.Received(text.Length);
        return _reader.Poll();
    }

    /// <summary>Writes over everything received so far.</summary>
    private void Plant(string separator)
    {
        foreach (Memory<byte> memory in _received)
        {
            memory.Span.Fill((byte)separator[0]);
        }
    }
}
