using Deterministic.Exploration;
using Deterministic.Simulation.Tracing;

namespace Deterministic.Simulation.Tests;

public sealed class TraceMarksTests
{
    [Fact]
    public void The_first_event_that_differs_lies_within_what_the_marks_say_and_is_exact_up_to_a_thousand_events()
    {
        Random random = new(1);
        for (int round = 0; round < 200; round++)
        {
            int length = random.Next(1, round < 100 ? 1_000 : 9_000);
            int differs = random.Next(1, length + 1);
            Trace recorded = Play(length, int.MaxValue);
            Trace replayed = Play(length, differs);

            (long shared, long parted) = Compare(recorded, replayed).ShouldNotBeNull();

            shared.ShouldBeLessThan(differs);
            parted.ShouldBeGreaterThanOrEqualTo(differs);
            (parted - shared).ShouldBeLessThanOrEqualTo(1 + (length / 500));
            if (length <= 1_000)
            {
                parted.ShouldBe(differs);
            }
        }
    }

    [Theory]
    [InlineData(0, 1, 0, 1)]
    [InlineData(5, 3, 3, 4)]
    [InlineData(3, 5, 3, 4)]
    [InlineData(1_000, 999, 999, 1_000)]
    public void A_trace_that_ends_sooner_parts_there(int recorded, int replayed, long shared, long parted) =>
        Compare(Play(recorded, int.MaxValue), Play(replayed, int.MaxValue)).ShouldBe((shared, parted));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(4_000)]
    public void Traces_that_are_the_same_do_not_part(int length) =>
        Compare(Play(length, int.MaxValue), Play(length, int.MaxValue)).ShouldBeNull();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1 1")]
    [InlineData("x 1 abcd")]
    [InlineData("1 0 abcd")]
    [InlineData("1 1 abc")]
    public void Marks_that_are_none_say_nothing(string? text) =>
        TraceMarks.Compare(text, [.. Play(1, int.MaxValue).HashedEvents]).ShouldBeNull();

    [Fact]
    public void The_marks_of_the_longest_trace_fit_into_an_option_of_a_tape() =>
        Play(100_000, int.MaxValue).Marks.ToString().Length.ShouldBeLessThan(TapeHeader.MaxTextLength);

    private static (long Shared, long Parted)? Compare(Trace recorded, Trace replayed) =>
        TraceMarks.Compare(recorded.Marks.ToString(), [.. replayed.HashedEvents]);

    private static Trace Play(int length, int differs)
    {
        Trace trace = new(keepEvents: true);
        for (int number = 1; number <= length; number++)
        {
            trace.Record(TimeSpan.Zero, "main", 0, TraceKind.Note, number == differs ? -1 : number);
        }

        return trace;
    }
}
