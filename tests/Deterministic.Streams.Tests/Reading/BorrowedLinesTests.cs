using System.Buffers;

namespace Deterministic.Streams.Tests;

public class BorrowedLinesTests
{
    private readonly Wire _wire = new();

    [Fact]
    public void Lines_come_one_by_one_with_their_line_feeds_also_across_arrivals()
    {
        _wire.Transport.Arrive("one\n\ntw");
        _wire.Transport.Arrive("o\nthr");
        Lines().ShouldBe(["one\n", "\n", "two\n"]);
        _wire.Transport.Arrive("ee");
        _wire.Transport.ArriveEof();
        Lines().ShouldBe(["three"]);
        Lines().ShouldBeEmpty();
    }

    [Fact]
    public void A_wait_for_lines_ends_with_all_that_arrived()
    {
        Task<BorrowedLines> waiting = _wire.Reader.BorrowLinesAsync().AsTask();
        _wire.Transport.Arrive("a\nb\nc");
        Split(waiting.Now()).ShouldBe(["a\n", "b\n"]);
    }

    private string[] Lines() => Split(_wire.Reader.BorrowLinesAsync().AsTask().Now());

    private static string[] Split(BorrowedLines lines)
    {
        List<string> split = [];
        foreach (ReadOnlySequence<byte> line in lines)
        {
            split.Add(Bytes.Text(line));
        }

        return [.. split];
    }
}
