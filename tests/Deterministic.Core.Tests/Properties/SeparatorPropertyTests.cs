using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Core.Tests;

/// <summary>Separators of any bytes, in any number and of any length, against the runtime's own search in the whole stream.</summary>
public class SeparatorPropertyTests
{
    private const int NoLimit = int.MaxValue;

    [Clause("R-UNTIL-01", "R-UNTIL-10", "R-UNTIL-11", "R-UNTIL-16")]
    [Property(Arbitrary = [typeof(Arbitraries.Separators)], MaxTest = 700)]
    public void Messages_end_where_a_naive_search_finds_their_separators(SeparatorCase world) =>
        Messages(world, ReadRequest.Until(world.Set)).ShouldBe(world.Messages().Select(found => (long)found.End));

    [Clause("R-UNTIL-04", "R-UNTIL-12")]
    [Property(Arbitrary = [typeof(Arbitraries.Separators)], MaxTest = 300)]
    public void An_overrun_says_where_the_naive_search_finds_the_separator(SeparatorCase world)
    {
        ReaderMachine reader = new(1);
        foreach (byte[] chunk in world.Chunks)
        {
            reader.Feed(chunk);
        }

        foreach ((int start, int end) in world.Messages().Take(1))
        {
            ReadOutcome outcome = reader.Begin(ReadRequest.Until(world.Set));
            outcome.Status.ShouldBe(start > 1 ? ReadStatus.OverrunFound : ReadStatus.Completed);
            (start > 1 ? outcome.Count : outcome.Data.Length).ShouldBe(start > 1 ? start : end);
        }
    }

    [Property(Arbitrary = [typeof(Arbitraries.ShortSeparators)], MaxTest = 300)]
    public void A_skip_drops_what_a_naive_search_finds_and_keeps_only_what_may_begin_a_separator(SeparatorCase world)
    {
        (int _, int from) = world.Messages().LastOrDefault();
        Messages(world, ReadRequest.Skip(world.Set), out ReaderMachine reader)
            .ShouldBe(world.Messages().Select(found => (long)found.End));
        reader.Buffered.ShouldBe(world.Begun(from, world.Stream.Length));
    }

    [Property(Arbitrary = [typeof(Arbitraries.ShortSeparators), typeof(Percentages)], MaxTest = 200)]
    public void Bytes_read_off_the_front_neither_hide_a_separator_nor_make_one(SeparatorCase world, int[] percent)
    {
        // Between searches that wait bytes are read off, also from within what may be the beginning of a separator.
        ReaderMachine reader = new(NoLimit);
        (int read, int fed) = (0, 0);
        for (int i = 0; i < world.Chunks.Length; i++)
        {
            reader.Feed(world.Chunks[i]);
            fed += world.Chunks[i].Length;
            ReadOutcome outcome;
            while ((outcome = reader.Begin(ReadRequest.Until(world.Set))).Status == ReadStatus.Completed)
            {
                world.FirstIn(read, fed)!.Value.End.ShouldBe(read + (int)outcome.Data.Length);
                read += (int)outcome.Data.Length;
            }

            reader.Cancel();
            world.FirstIn(read, fed).ShouldBeNull();
            long count = reader.Buffered * percent[i % percent.Length] / 100;
            read += (int)reader.Begin(ReadRequest.Read(count)).Data.Length;
        }
    }

    private static List<long> Messages(SeparatorCase world, ReadRequest request) => Messages(world, request, out _);

    /// <summary>Where messages end in the stream, each read begun before its bytes come.</summary>
    private static List<long> Messages(SeparatorCase world, ReadRequest request, out ReaderMachine reader)
    {
        List<long> ends = [];
        reader = new ReaderMachine(NoLimit);
        ReadOutcome outcome = reader.Begin(request);
        foreach (byte[] chunk in world.Chunks)
        {
            reader.Feed(chunk);
            while (reader.PendingRead == ReadKind.None || reader.TryComplete(out outcome))
            {
                if (outcome.Status == ReadStatus.Completed)
                {
                    ends.Add((ends.Count == 0 ? 0 : ends[^1]) + outcome.Count + outcome.Data.Length);
                }

                outcome = reader.Begin(request);
                if (outcome.Status == ReadStatus.Pending)
                {
                    break;
                }

                outcome.Status.ShouldBe(ReadStatus.Completed);
            }
        }

        return ends;
    }

    internal static class Percentages
    {
        public static Arbitrary<int[]> NotEmpty() =>
            Gen.Choose(0, 100).NonEmptyListOf().Resize(30).Select(list => list.ToArray()).ToArbitrary();
    }
}
