using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Core.Tests;

/// <summary>How a stream is cut on its way changes nothing: only its bytes count.</summary>
public class ChunkingTests
{
    /// <summary>Streams of up to twelve bytes, with separators that touch, overlap, nest, repeat and stay unfinished.</summary>
    private static readonly string[] Corpus =
    [
        "",
        "a",
        "\n",
        "ab\ncd\n",
        "\r\n\r\n",
        "ab\r\ncd\r\nef",
        "\r\r\n\n\r\n",
        "a--b---c----",
        "------------",
        "aabaabaaabab",
        "ababababac",
        "abacabacabad",
        "xabcdefgcdef",
        "abcabcabcabc",
        "GET /\r\n\r\nok",
        "aaaaaaaaaaab",
    ];

    private static readonly ReadRequest[][] Programs =
    [
        [ReadRequest.Line],
        [ReadRequest.Until(SeparatorSet.CrLf)],
        [ReadRequest.Until(Bytes.Separators("--"))],
        [ReadRequest.Until(Bytes.Separators("aab", "abac"))],
        [ReadRequest.Until(Bytes.Separators("abcdef", "cd"))],
        [ReadRequest.Until(Bytes.Separators("\r\n", "\n", "a"))],
        [ReadRequest.Skip(Bytes.Separators("aaab", "ab-", "\r\n"))],
        [ReadRequest.Exactly(3)],
        [ReadRequest.ToEnd],
        [ReadRequest.Exactly(1), ReadRequest.Until(Bytes.Separators("aba")), ReadRequest.Line],
        [ReadRequest.Skip(SeparatorSet.LineFeed), ReadRequest.Exactly(2), ReadRequest.Until(SeparatorSet.CrLf)],
    ];

    [Clause("R-UNTIL-10", "R-UNTIL-16")]
    [Fact]
    public void Every_way_to_cut_a_short_stream_gives_the_same_reads()
    {
        foreach (string stream in Corpus)
        {
            foreach (ReadRequest[] program in Programs)
            {
                string whole = Play(program, [stream], limit: 100, shift: 0);
                for (int cuts = 0; cuts < 1 << Math.Max(0, stream.Length - 1); cuts++)
                {
                    Play(program, [.. Cut(stream, cuts)], limit: 100, shift: 0)
                        .ShouldBe(whole, $"'{stream}' cut as {cuts:b}");
                }
            }
        }
    }

    [Clause("R-UNTIL-16")]
    [Fact]
    public void Every_place_where_a_segment_ends_gives_the_same_reads()
    {
        foreach (string stream in Corpus)
        {
            foreach (ReadRequest[] program in Programs)
            {
                string whole = Play(program, [stream], limit: 100, shift: 0);
                for (int at = 0; at <= stream.Length; at++)
                {
                    Play(program, [stream], limit: 100, shift: 4096 - at)
                        .ShouldBe(whole, $"'{stream}' with a segment ending at {at}");
                    Play(program, [stream[..at], stream[at..]], limit: 100, shift: 4096 - at).ShouldBe(whole);
                }
            }
        }
    }

    [Clause("R-UNTIL-16")]
    [Property(Arbitrary = [typeof(CutTexts)])]
    public void Any_way_to_cut_any_stream_gives_the_same_reads(CutText input)
    {
        string whole = Play(input.Program, [input.Stream], limit: 1000, shift: 0);
        Play(input.Program, [.. Cut(input.Stream, input.Cuts)], limit: 1000, shift: 0).ShouldBe(whole);
    }

    [Clause("R-UNTIL-16")]
    [Fact]
    public void Bytes_that_are_there_before_the_read_may_have_come_in_any_pieces_even_over_the_limit()
    {
        foreach (string stream in Corpus)
        {
            foreach (ReadRequest request in Programs.SelectMany(program => program))
            {
                string whole = Feed([stream]);
                for (int cuts = 0; cuts < 1 << Math.Max(0, stream.Length - 1); cuts += 7)
                {
                    Feed([.. Cut(stream, cuts)]).ShouldBe(whole);
                }

                string Feed(string[] chunks)
                {
                    ReaderMachine reader = new(3);
                    foreach (string chunk in chunks)
                    {
                        reader.Feed(chunk);
                    }

                    return $"{reader.IsPaused} {reader.Ask(request)} {reader.IsPaused} {reader.Buffered}";
                }
            }
        }
    }

    /// <summary>Reads as the program says, over and over, each read made before its bytes come, until the end of the stream.</summary>
    private static string Play(IReadOnlyList<ReadRequest> program, string[] chunks, int limit, int shift)
    {
        ReaderMachine reader = new(limit);
        if (shift > 0)
        {
            reader.Feed(new byte[shift]);
            reader.Exactly(shift);
        }

        List<string> answers = [];
        int next = 0;
        Ask();
        foreach (string chunk in chunks)
        {
            Took(reader.Feed(chunk));
        }

        Took(reader.End());
        return string.Join('|', answers);

        void Took(string answer)
        {
            if (!string.Equals(answer, ReaderTalk.Pending, StringComparison.Ordinal))
            {
                answers.Add(answer);
                Ask();
            }
        }

        void Ask()
        {
            while (!reader.AtEof)
            {
                string answer = reader.Ask(program[next++ % program.Count]);
                if (string.Equals(answer, ReaderTalk.Pending, StringComparison.Ordinal))
                {
                    return;
                }

                answers.Add(answer);
            }
        }
    }

    /// <summary>Bit i of <paramref name="cuts"/> cuts after byte i.</summary>
    private static IEnumerable<string> Cut(string stream, int cuts)
    {
        int start = 0;
        for (int i = 0; i < stream.Length; i++)
        {
            if (i == stream.Length - 1 || (cuts >> i & 1) == 1)
            {
                yield return stream[start..(i + 1)];
                start = i + 1;
            }
        }
    }

    private static IEnumerable<string> Cut(string stream, IEnumerable<int> lengths)
    {
        int start = 0;
        foreach (int length in lengths.Append(stream.Length))
        {
            int end = Math.Min(start + length, stream.Length);
            yield return stream[start..end];
            start = end;
        }
    }

    public sealed record CutText(string Stream, IReadOnlyList<int> Cuts, IReadOnlyList<ReadRequest> Program)
    {
        public override string ToString() =>
            $"'{Stream}' cut after {string.Join(' ', Cuts)}, read by {string.Join(' ', Program.Select(read => read.Kind))}";
    }

    internal static class CutTexts
    {
        public static Arbitrary<CutText> All() =>
            (
                from stream in Gen.Elements('a', 'b', 'c', '-', '\r', '\n')
                    .ListOf()
                    .Resize(60)
                    .Select(letters => string.Concat(letters))
                from cuts in Gen.Choose(1, 20).ListOf().Resize(60)
                from program in Gen.Elements(Programs)
                select new CutText(stream, cuts, program)
            ).ToArbitrary();
    }
}
