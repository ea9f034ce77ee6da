using System.Buffers;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>The parameters of asyncio's reads: each changes what is read.</summary>
public sealed class ReadParameterTests
{
    [Clause("R-READ-02", "R-READ-03")]
    [Documented("StreamReader.read(n)")]
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "a")]
    [InlineData(6, "abc\nde")]
    [InlineData(100, "abc\ndef")]
    [InlineData(-1, "abc\ndef")]
    [InlineData(int.MinValue, "abc\ndef")]
    public void So_many_bytes_are_read_at_most(int count, string expected) =>
        Arrived().ReadAsync(count).AsTask().Text().ShouldBe(expected);

    [Clause("R-EXA-04", "R-EXA-05")]
    [Documented("StreamReader.readexactly(n)")]
    [Theory]
    [InlineData(0, "")]
    [InlineData(3, "abc")]
    [InlineData(7, "abc\ndef")]
    public void Exactly_so_many_bytes_are_read(int count, string expected) =>
        Arrived().ReadExactlyAsync(count).AsTask().Text().ShouldBe(expected);

    [Clause("R-UNTIL-01")]
    [Documented("StreamReader.readuntil(separator)")]
    [Theory]
    [InlineData("b", "ab")]
    [InlineData("c\nd", "abc\nd")]
    [InlineData("f", "abc\ndef")]
    public void Everything_is_read_through_the_separator(string separator, string expected)
    {
        Arrived().ReadUntilAsync(Bytes.Of(separator)).AsTask().Text().ShouldBe(expected);
        Arrived().BorrowUntilAsync(Bytes.Of(separator)).AsTask().Now().ToArray().ShouldBe(Bytes.Of(expected));
    }

    [Clause("R-UNTIL-01")]
    [Documented("StreamReader.readuntil(separator)")]
    [Fact]
    public void The_separator_is_a_line_feed_if_none_is_given()
    {
        Arrived().ReadUntilAsync().AsTask().Text().ShouldBe("abc\n");
        Arrived().BorrowUntilAsync().AsTask().Now().ToArray().ShouldBe("abc\n"u8.ToArray());
    }

    [Clause("R-UNTIL-08")]
    [Fact]
    public void Without_a_line_feed_the_message_is_incomplete_where_a_line_is_the_last_one()
    {
        AsyncStreamReader reader = Arrived();
        reader.ReadLineAsync().AsTask().Text().ShouldBe("abc\n");
        IncompleteReadException error = reader.ReadUntilAsync().AsTask().Error<IncompleteReadException>();
        error.Partial.ShouldBe("def"u8.ToArray());
        error.Expected.ShouldBeNull();
    }

    [Fact]
    public void A_read_through_a_line_feed_can_be_cancelled()
    {
        using CancellationTokenSource source = new();
        Wire wire = new();
        Task reading = wire.Reader.ReadUntilAsync(source.Token).AsTask();
        source.Cancel();
        wire.Transport.RunScheduled();
        reading.ShouldBeCancelledBy(source.Token);
    }

    [Clause("R-UNTIL-11")]
    [Documented("StreamReader.readuntil(separators)")]
    [Theory]
    [InlineData("d", "\n", "abc\n")]
    [InlineData("bc", "x", "abc")]
    public void Everything_is_read_through_the_first_of_several_separators(string one, string other, string expected) =>
        Arrived()
            .ReadUntilAsync(SeparatorSet.Create(Bytes.Of(one), Bytes.Of(other)))
            .AsTask()
            .Text()
            .ShouldBe(expected);

    private static AsyncStreamReader Arrived()
    {
        Wire wire = new();
        wire.Transport.Arrive("abc\ndef");
        wire.Transport.ArriveEof();
        return wire.Reader;
    }
}
