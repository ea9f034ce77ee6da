using Deterministic.Exploration;

namespace Deterministic.Simulation.Tests;

public class ChoiceSourceTests
{
    [Fact]
    public void Every_choice_is_recorded_in_order()
    {
        var source = new ChoiceSource(FixedStrategy.Last);
        source.Choose(ChoiceKind.Schedule, 3).ShouldBe(2);
        source.Choose(ChoiceKind.Latency, 10).ShouldBe(9);
        source.Recorded.ShouldBe([new(ChoiceKind.Schedule, 3, 2), new(ChoiceKind.Latency, 10, 9)]);
    }

    [Fact]
    public void A_single_alternative_is_neither_asked_nor_recorded()
    {
        var source = new ChoiceSource(new FixedStrategy((_, _) => throw new InvalidOperationException("asked")));
        source.Choose(ChoiceKind.Schedule, 1).ShouldBe(0);
        source.Between(ChoiceKind.Latency, 5, 5).ShouldBe(5);
        source.Recorded.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_impossible_or_certain_is_not_asked()
    {
        var source = new ChoiceSource(new FixedStrategy((_, _) => throw new InvalidOperationException("asked")));
        source.Chance(ChoiceKind.Reset, 0).ShouldBeFalse();
        source.Chance(ChoiceKind.Reset, 1000).ShouldBeTrue();
        source.Recorded.ShouldBeEmpty();
    }

    [Fact]
    public void A_chance_is_true_as_often_as_it_says_and_false_for_choice_zero()
    {
        var outcomes = Enumerable
            .Range(0, 1000)
            .Count(chosen => new ChoiceSource(new FixedStrategy((_, _) => chosen)).Chance(ChoiceKind.Reset, 30));
        outcomes.ShouldBe(30);
        new ChoiceSource(FixedStrategy.First).Chance(ChoiceKind.Reset, 999).ShouldBeFalse();
    }

    [Fact]
    public void Between_reaches_both_ends()
    {
        new ChoiceSource(FixedStrategy.First).Between(ChoiceKind.Latency, -3, 4).ShouldBe(-3);
        new ChoiceSource(FixedStrategy.Last).Between(ChoiceKind.Latency, -3, 4).ShouldBe(4);
        new ChoiceSource(FixedStrategy.Last).Between(ChoiceKind.Latency, int.MinValue, -2).ShouldBe(-2);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        var source = new ChoiceSource(FixedStrategy.First);
        Should.Throw<ArgumentOutOfRangeException>(() => source.Choose(ChoiceKind.Schedule, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => source.Chance(ChoiceKind.Reset, -1));
        Should.Throw<ArgumentOutOfRangeException>(() => source.Chance(ChoiceKind.Reset, 1001));
        Should.Throw<ArgumentOutOfRangeException>(() => source.Between(ChoiceKind.Latency, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => source.Between(ChoiceKind.Latency, int.MinValue, int.MaxValue));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    public void An_answer_out_of_range_is_refused_and_not_recorded(int answer)
    {
        var source = new ChoiceSource(new FixedStrategy((_, _) => answer));
        Should
            .Throw<InvalidOperationException>(() => source.Choose(ChoiceKind.Schedule, 3))
            .Message.ShouldContain("FixedStrategy");
        source.Recorded.ShouldBeEmpty();
    }

    [Fact]
    public void A_failure_of_the_strategy_stays()
    {
        var calls = 0;
        var source = new ChoiceSource(new FixedStrategy((_, _) => calls++ == 0 ? throw new TimeoutException() : 0));
        Should.Throw<TimeoutException>(() => source.Choose(ChoiceKind.Schedule, 3));
        Should.Throw<TimeoutException>(() => source.Choose(ChoiceKind.Schedule, 3));
        source.Failure.ShouldBeOfType<TimeoutException>();
        calls.ShouldBe(1);
    }

    [Fact]
    public void A_source_that_keeps_nothing_still_counts()
    {
        var source = new ChoiceSource(new RandomStrategy(1), record: false);
        source.Choose(ChoiceKind.Schedule, 3);
        source.Recorded.ShouldBeEmpty();
        source.Count.ShouldBe(1);
    }
}
