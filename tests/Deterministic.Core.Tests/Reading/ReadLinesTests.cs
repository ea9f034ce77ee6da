using System.Buffers;
using System.Text;
using Shouldly;

namespace Deterministic.Core.Tests;

/// <summary>Many lines in one read are the lines that as many reads would have given.</summary>
public sealed class ReadLinesTests
{
    [Fact]
    public void Lines_are_those_of_line_reads_however_the_stream_is_cut_and_whatever_the_limit()
    {
        for (int seed = 0; seed < 3000; seed++)
        {
            Random random = new(seed);
            int limit = random.Next(1, 40);
            byte[] stream = [.. Enumerable.Range(0, random.Next(200)).Select(_ => (byte)"ab\n"[random.Next(3)])];
            string one = Play(ReadRequest.Line, stream, limit, seed);
            Play(ReadRequest.Lines, stream, limit, seed).ShouldBe(one, $"seed {seed}");
        }
    }

    [Fact]
    public void No_more_is_taken_at_once_than_the_limit_and_a_line_feed()
    {
        ReaderMachine reader = new(limit: 10);
        reader.Feed("aaa\nbbb\nccc\nddd\n"u8);
        reader.Begin(ReadRequest.Lines).Data.ToArray().ShouldBe("aaa\nbbb\n"u8.ToArray());
        reader.Begin(ReadRequest.Lines).Data.ToArray().ShouldBe("ccc\nddd\n"u8.ToArray());
    }

    [Fact]
    public void A_line_that_is_not_whole_stays()
    {
        ReaderMachine reader = new(ReaderMachine.DefaultLimit);
        reader.Feed("one\ntwo\nthr"u8);
        reader.Begin(ReadRequest.Lines).Data.ToArray().ShouldBe("one\ntwo\n"u8.ToArray());
        reader.Begin(ReadRequest.Lines).Status.ShouldBe(ReadStatus.Pending);
        reader.Feed("ee\n"u8);
        reader.TryComplete(out ReadOutcome outcome).ShouldBeTrue();
        outcome.Data.ToArray().ShouldBe("three\n"u8.ToArray());
    }

    /// <summary>What a reader makes of a stream, line by line, with each overrun and the way past it.</summary>
    private static string Play(ReadRequest request, byte[] stream, int limit, int seed)
    {
        ReaderMachine reader = new(limit);
        Random cuts = new(seed);
        StringBuilder story = new();
        int fed = 0;
        bool over = false;
        while (!over)
        {
            ReadOutcome outcome = reader.Begin(request);
            while (outcome.Status == ReadStatus.Pending)
            {
                int count = Math.Min(stream.Length - fed, cuts.Next(1, 30));
                if (count == 0)
                {
                    reader.ReceivedEof();
                }
                else
                {
                    reader.Feed(stream.AsSpan(fed, count));
                    fed += count;
                }

                reader.TryComplete(out outcome);
            }

            over = outcome.Status == ReadStatus.Completed && outcome.Data.IsEmpty;
            story.Append(outcome.Status == ReadStatus.Completed ? Encoding.ASCII.GetString(outcome.Data) : "[overrun]");
            if (outcome.Status != ReadStatus.Completed)
            {
                // Past it by a byte: whatever is left of the line is seen again.
                story.Append(Encoding.ASCII.GetString(reader.Begin(ReadRequest.Read(1)).Data));
            }
        }

        return story.ToString();
    }
}
