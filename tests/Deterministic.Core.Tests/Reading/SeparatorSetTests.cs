using System.Buffers;

namespace Deterministic.Core.Tests;

public class SeparatorSetTests
{
    [Clause("R-UNTIL-02")]
    [Fact]
    public void An_empty_separator_is_refused()
    {
        Should
            .Throw<ArgumentException>(() => SeparatorSet.Create(ReadOnlySpan<byte>.Empty))
            .Message.ShouldContain("at least one byte long");
        Should
            .Throw<ArgumentException>(() => Bytes.Separators("a", ""))
            .Message.ShouldContain("at least one byte long");
    }

    [Clause("R-UNTIL-14")]
    [Fact]
    public void A_set_of_none_is_refused()
    {
        ArgumentException refusal = Should.Throw<ArgumentException>(() => Bytes.Separators());
        refusal.Message.ShouldContain("at least one element");
        refusal.ParamName.ShouldBe("separators");
        Should
            .Throw<ArgumentNullException>(() => SeparatorSet.Create((IEnumerable<ReadOnlyMemory<byte>>)null!))
            .ParamName.ShouldBe("separators");
    }

    [Fact]
    public void A_set_copies_its_separators()
    {
        byte[] bytes = Bytes.Of("ab");
        SeparatorSet one = SeparatorSet.Create(bytes.AsSpan());
        SeparatorSet several = SeparatorSet.Create([bytes.AsMemory()]);
        bytes.AsSpan().Clear();
        foreach (SeparatorSet set in new[] { one, several })
        {
            Bytes.Text(set.Separators.ShouldHaveSingleItem().Span).ShouldBe("ab");
            ReaderMachine reader = new(8);
            reader.Feed("xab");
            reader.Ask(ReadRequest.Until(set)).ShouldBe(ReaderTalk.Ok("xab"));
        }
    }

    [Fact]
    public void A_set_tells_its_separators_in_order_and_the_longest_of_them()
    {
        SeparatorSet set = Bytes.Separators("ab", "cdef", "g");
        set.Separators.Select(separator => Bytes.Text(separator.Span)).ShouldBe(["ab", "cdef", "g"]);
        set.Longest.ShouldBe(4);
        SeparatorSet.LineFeed.Longest.ShouldBe(1);
        SeparatorSet.CrLf.Longest.ShouldBe(2);
        Bytes.Text(SeparatorSet.LineFeed.Separators.ShouldHaveSingleItem().Span).ShouldBe("\n");
        Bytes.Text(SeparatorSet.CrLf.Separators.ShouldHaveSingleItem().Span).ShouldBe("\r\n");
    }

    [Fact]
    public void A_set_knows_whether_it_is_one_separator_and_no_other()
    {
        SeparatorSet.CrLf.IsOnly("\r\n"u8).ShouldBeTrue();
        SeparatorSet.CrLf.IsOnly("\n"u8).ShouldBeFalse();
        SeparatorSet.CrLf.IsOnly("\n\r"u8).ShouldBeFalse();
        SeparatorSet.CrLf.IsOnly([]).ShouldBeFalse();
        Bytes.Separators("a", "b").IsOnly("a"u8).ShouldBeFalse();
    }

    [Fact]
    public void Bytes_that_begin_no_separator_are_stepped_over()
    {
        SeparatorSet set = Bytes.Separators("ab", "b", "ac");
        set.IndexOfFirstByte("xxxa"u8).ShouldBe(3);
        set.IndexOfFirstByte("xcxb"u8).ShouldBe(3);
        set.IndexOfFirstByte("xxcx"u8).ShouldBe(-1);
    }

    [Fact]
    public void A_separator_may_repeat_a_byte_more_often_than_there_are_bytes()
    {
        for (int length = 250; length < 260; length++)
        {
            ReaderMachine reader = new(1000);
            reader.Feed("a" + new string('x', length));
            reader.Until(new string('a', length)).ShouldBe(ReaderTalk.Pending);
            reader.Feed(new string('a', length)).ShouldStartWith("ok 'ax");
            reader.Buffered.ShouldBe(0);
        }
    }

    [Fact]
    public void Hundreds_of_separators_may_begin_alike()
    {
        string[] separators = [.. Enumerable.Range(0, 300).Select(number => $"<{number:000}>")];
        ReaderMachine reader = new(100);
        reader.Feed("a<b<999><299>c");
        reader.Until(separators).ShouldBe(ReaderTalk.Ok("a<b<999><299>"));
    }

    [Fact]
    public void Every_byte_value_can_separate()
    {
        // 256 separators of one byte each, and one of all 256 values, whose table has no column left for "any other byte".
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        SeparatorSet singles = SeparatorSet.Create(all.Select(value => new ReadOnlyMemory<byte>([value])));
        SeparatorSet whole = SeparatorSet.Create(all);
        for (int value = 0; value < 256; value++)
        {
            ReaderMachine reader = new(8);
            reader.Feed([(byte)value, 1]);
            reader.Begin(ReadRequest.Until(singles)).Data.ToArray().ShouldBe([(byte)value]);

            ReaderMachine interrupted = new(1000);
            interrupted.Feed([.. all[..value], .. all[..^1]]);
            interrupted.Ask(ReadRequest.Until(whole)).ShouldBe(ReaderTalk.Pending, $"after {value}");
            interrupted.Feed([255]);
            interrupted.Poll().Length.ShouldBe(ReaderTalk.Ok("").Length + value + 256);
        }
    }

    [Fact]
    public void A_separator_of_all_byte_values_and_one_more_is_not_found_where_it_is_not()
    {
        byte[] all = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        for (int more = 0; more < 256; more++)
        {
            SeparatorSet set = SeparatorSet.Create([.. all, (byte)more]);
            ReaderMachine reader = new(1000);
            reader.Feed([.. all, (byte)(more + 1)]);
            reader.Ask(ReadRequest.Until(set)).ShouldBe(ReaderTalk.Pending, $"followed by {more}");
            reader.Feed([.. all, (byte)more]);
            reader.TryComplete(out ReadOutcome outcome).ShouldBeTrue();
            outcome.Data.Length.ShouldBe(514);
        }
    }

    [Fact]
    public void Any_number_of_separators_may_begin_differently_and_be_given_twice()
    {
        byte[][] separators = [.. Enumerable.Range(0, 600).Select(value => new[] { (byte)value })];
        SeparatorSet set = SeparatorSet.Create([.. separators, new byte[] { 0, 1 }]);
        ReaderMachine reader = new(8);
        reader.Feed([7, 0]);
        reader.Begin(ReadRequest.Until(set)).Data.ToArray().ShouldBe([7]);
        reader.Begin(ReadRequest.Until(set)).Data.ToArray().ShouldBe([0]);
        set.Separators.Count.ShouldBe(601);
    }

    [Fact]
    public void Memory_for_a_set_grows_with_the_length_of_its_separators_and_no_faster()
    {
        foreach (int length in new[] { 1 << 16, 1 << 20 })
        {
            byte[] separator = new byte[length];
            new Random(1).NextBytes(separator);
            long before = GC.GetAllocatedBytesForCurrentThread();
            SeparatorSet set = SeparatorSet.Create(separator);
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((32L * length) + 10_000);
            set.Longest.ShouldBe(length);
        }
    }

    [Fact]
    public void More_than_can_be_numbered_is_refused_before_it_is_copied()
    {
        byte[] separator = new byte[1 << 24];
        long before = GC.GetAllocatedBytesForCurrentThread();
        ArgumentException refusal = Should.Throw<ArgumentException>(() =>
            SeparatorSet.Create(Enumerable.Repeat((ReadOnlyMemory<byte>)separator, 128))
        );
        refusal.ParamName.ShouldBe("separators");
        refusal.Message.ShouldContain("2147483648 bytes");
        refusal.Message.ShouldContain($"{SeparatorSet.MaxTotalLength}");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(1 << 20);
    }
}
