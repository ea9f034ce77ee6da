namespace Deterministic.Core.Tests;

public class SeveralSeparatorsTests
{
    public static TheoryData<string, string[], string> Winners =>
        new()
        {
            { "ab\r\n", ["\r\n", "\n"], "ab\r\n" },
            { "ab\r\n", ["\r\n", "\r"], "ab\r" },
            { "xabcdefg", ["abcdef", "cd"], "xabcd" },
            { "xabcdefg", ["abcdef", "zz"], "xabcdef" },
            { "a;b,c", [",", ";"], "a;" },
            { "a,b;c", [",", ";"], "a," },
            { "aXYZ", ["XYZ", "YZ", "Z"], "aXYZ" },
            { "abcx", ["bcd", "cx", "x"], "abcx" },
            { "abcabd", ["abd", "cab"], "abcab" },
        };

    [Theory]
    [MemberData(nameof(Winners))]
    public void The_match_that_ends_first_wins_whatever_the_order(string buffered, string[] separators, string message)
    {
        foreach (string[] order in Orders(separators))
        {
            ReaderMachine reader = new(100);
            reader.Feed(buffered);
            reader.Until(order).ShouldBe(ReaderTalk.Ok(message));
        }
    }

    [Theory]
    [InlineData(2, "\r\n", "", "ok 'ab\r\n'")]
    [InlineData(2, "\r\n", "\n", "overrun, found at 3")]
    [InlineData(3, "\r\n", "\n", "ok 'ab\r\n'")]
    public void Of_matches_that_end_together_the_shortest_is_measured_against_the_limit(
        int limit,
        string one,
        string other,
        string answer
    )
    {
        string[] separators = other.Length == 0 ? [one] : [one, other];
        foreach (string[] order in Orders(separators))
        {
            ReaderMachine reader = new(limit);
            reader.Feed("ab\r\n");
            reader.Until(order).ShouldBe(answer);
        }
    }

    [Theory]
    [InlineData(5, "pending")]
    [InlineData(6, "overrun, not found in 4")]
    [InlineData(7, "overrun, not found in 5")]
    public void For_a_message_not_found_the_longest_separator_counts(int buffered, string answer)
    {
        foreach (string[] order in Orders(["\n", "---"]))
        {
            ReaderMachine reader = new(3);
            reader.Feed(new string('a', buffered));
            reader.Until(order).ShouldBe(answer);
        }
    }

    [Fact]
    public void A_message_that_overran_is_found_again_after_its_beginning_is_read_off()
    {
        // The automaton stands deep in "abcdef" when "cd" is found; what is read off cuts into that.
        ReaderMachine reader = new(2);
        SeparatorSet separators = Bytes.Separators("abcdef", "cd");
        reader.Feed("xyabcdef");
        reader.Ask(ReadRequest.Until(separators)).ShouldBe(ReaderTalk.OverrunFound(4));
        reader.Read(3).ShouldBe(ReaderTalk.Ok("xya"));
        reader.Ask(ReadRequest.Until(separators)).ShouldBe(ReaderTalk.Ok("bcd"));
        reader.Ask(ReadRequest.Until(separators)).ShouldBe(ReaderTalk.Pending);
    }

    [Fact]
    public void A_message_that_overran_is_remembered_when_bytes_before_it_are_read_off()
    {
        ReaderMachine reader = new(2);
        SeparatorSet separators = Bytes.Separators("--");
        reader.Feed("abcde--f");
        reader.Ask(ReadRequest.Until(separators)).ShouldBe(ReaderTalk.OverrunFound(5));
        reader.Read(1).ShouldBe(ReaderTalk.Ok("a"));
        reader.Ask(ReadRequest.Until(separators)).ShouldBe(ReaderTalk.OverrunFound(4));
        reader.Read(2).ShouldBe(ReaderTalk.Ok("bc"));
        reader.Ask(ReadRequest.Until(separators)).ShouldBe(ReaderTalk.Ok("de--"));
        reader.Buffered.ShouldBe(1);
    }

    private static IEnumerable<string[]> Orders(string[] separators) => [separators, [.. separators.Reverse()]];
}
