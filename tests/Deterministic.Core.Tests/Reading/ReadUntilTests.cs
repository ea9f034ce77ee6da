namespace Deterministic.Core.Tests;

public class ReadUntilTests
{
    [Clause("R-UNTIL-01")]
    [Fact]
    public void A_message_ends_with_its_separator_and_the_rest_stays()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab--cd--e");
        reader.Until("--").ShouldBe(ReaderTalk.Ok("ab--"));
        reader.Until("--").ShouldBe(ReaderTalk.Ok("cd--"));
        reader.Buffered.ShouldBe(1);
        reader.Until("--").ShouldBe(ReaderTalk.Pending);
    }

    public static TheoryData<int, string, string, string> Limits =>
        new()
        {
            // The separator found at the limit is fine; one further is not: R-UNTIL-04.
            { 3, "abc--", "--", ReaderTalk.Ok("abc--") },
            { 3, "abcd--", "--", ReaderTalk.OverrunFound(4) },
            { 3, "abcdefg--h--", "--", ReaderTalk.OverrunFound(7) },
            // Not found: as many as limit + length − 1 bytes may wait: R-UNTIL-05.
            { 3, "abc", "-", ReaderTalk.Pending },
            { 3, "abcd", "-", ReaderTalk.OverrunNotFound(4) },
            { 3, "abcd", "--", ReaderTalk.Pending },
            { 3, "abcde", "--", ReaderTalk.OverrunNotFound(4) },
            { 3, "abc-", "--", ReaderTalk.Pending },
            { 3, "abcd-", "--", ReaderTalk.OverrunNotFound(4) },
            { 3, "abcdefgh", "----", ReaderTalk.OverrunNotFound(5) },
            // A separator longer than the limit works: R-UNTIL-10.
            { 1, "a-----", "-----", ReaderTalk.Ok("a-----") },
            { 1, "ab----", "-----", ReaderTalk.OverrunNotFound(2) },
            // The first occurrence counts, and a separator may overlap its own beginning.
            { 8, "aab", "ab", ReaderTalk.Ok("aab") },
            { 8, "ababac", "abac", ReaderTalk.Ok("ababac") },
            { 8, "aaab", "aab", ReaderTalk.Ok("aaab") },
        };

    [Theory]
    [MemberData(nameof(Limits))]
    public void The_limit_counts_what_precedes_the_separator(
        int limit,
        string buffered,
        string separator,
        string answer
    )
    {
        ReaderMachine reader = new(limit);
        reader.Feed(buffered);
        reader.Until(separator).ShouldBe(answer);
        if (answer.StartsWith("overrun", StringComparison.Ordinal))
        {
            reader.Until(separator).ShouldBe(answer, "repeatable");
            reader.BufferedText().ShouldBe(buffered, "untouched");
        }
    }

    [Fact]
    public void Reading_off_what_an_overrun_names_never_cuts_a_separator()
    {
        ReaderMachine reader = new(3);
        reader.Feed("abcdef-");
        reader.Until("--").ShouldBe(ReaderTalk.OverrunNotFound(6));
        reader.Exactly(6).ShouldBe(ReaderTalk.Ok("abcdef"));
        reader.Until("--").ShouldBe(ReaderTalk.Pending);
        reader.Feed("-").ShouldBe(ReaderTalk.Ok("--"));

        reader.Feed("abcdef--");
        reader.Until("--").ShouldBe(ReaderTalk.OverrunFound(6));
        reader.Exactly(6).ShouldBe(ReaderTalk.Ok("abcdef"));
        reader.Until("--").ShouldBe(ReaderTalk.Ok("--"));
    }

    [Clause("R-UNTIL-07")]
    [Fact]
    public void Found_comes_before_overrun_and_overrun_before_the_end()
    {
        ReaderMachine reader = new(3);
        reader.Feed("ab-cdefgh");
        reader.End();
        reader.Until("-").ShouldBe(ReaderTalk.Ok("ab-"));
        reader.Until("-").ShouldBe(ReaderTalk.OverrunNotFound(6));
        reader.Exactly(3).ShouldBe(ReaderTalk.Ok("cde"));
        reader.Until("-").ShouldBe(ReaderTalk.Incomplete("fgh", -1));
        reader.Until("-").ShouldBe(ReaderTalk.Incomplete("", -1));
    }

    [Fact]
    public void A_partial_message_may_hold_part_of_a_separator()
    {
        ReaderMachine reader = new(8);
        reader.Feed("ab-");
        reader.End();
        reader.Until("--").ShouldBe(ReaderTalk.Incomplete("ab-", -1));
    }

    [Clause("R-UNTIL-10")]
    [Fact]
    public void A_separator_is_found_though_it_arrives_byte_by_byte()
    {
        ReaderMachine reader = new(8);
        reader.Until("abac").ShouldBe(ReaderTalk.Pending);
        foreach (char c in "xababa")
        {
            reader.Feed(c.ToString()).ShouldBe(ReaderTalk.Pending);
        }

        reader.Feed("c").ShouldBe(ReaderTalk.Ok("xababac"));
    }

    [Fact]
    public void Another_separator_starts_the_search_over()
    {
        ReaderMachine reader = new(8);
        reader.Feed("a,b;c");
        reader.Until("!").ShouldBe(ReaderTalk.Pending);
        reader.Cancel();
        reader.Until(";").ShouldBe(ReaderTalk.Ok("a,b;"));

        reader.Feed(",d;");
        reader.Until(";").ShouldBe(ReaderTalk.Ok("c,d;"));

        reader.Feed("e,f;g,");
        reader.Line().ShouldBe(ReaderTalk.Pending);
        reader.Cancel();
        reader.Until(",").ShouldBe(ReaderTalk.Ok("e,"));
        reader.Until(";").ShouldBe(ReaderTalk.Ok("f;"));
        reader.Until(",").ShouldBe(ReaderTalk.Ok("g,"));
    }

    [Fact]
    public void Other_reads_in_between_do_not_confuse_the_search()
    {
        ReaderMachine reader = new(100);
        SeparatorSet separator = Bytes.Separators("--");
        reader.Feed("abcdef-");
        reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        reader.Cancel();
        reader.Read(2).ShouldBe(ReaderTalk.Ok("ab"));
        reader.Feed("-gh-");
        reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Ok("cdef--"));
        reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        reader.Cancel();
        reader.Read(3).ShouldBe(ReaderTalk.Ok("gh-"), "it cuts what could have begun a separator");
        reader.Feed("-i");
        reader.Ask(ReadRequest.Until(separator)).ShouldBe(ReaderTalk.Pending);
        reader.Feed("--").ShouldBe(ReaderTalk.Ok("-i--"));
    }
}
