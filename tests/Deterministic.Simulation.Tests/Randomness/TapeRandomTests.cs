using Deterministic.Exploration;
using Deterministic.Exploration.Randomness;

namespace Deterministic.Simulation.Tests;

public class TapeRandomTests
{
    private static readonly Action<Random>[] Draws =
    [
        random => random.Next(),
        random => random.Next(10),
        random => random.Next(-5, 5),
        random => random.Next(int.MinValue, int.MaxValue),
        random => random.NextInt64(),
        random => random.NextInt64(1L << 40),
        random => random.NextInt64(long.MinValue, long.MaxValue),
        random => random.NextSingle(),
        random => random.NextDouble(),
        random => random.NextBytes(new byte[3]),
        random => random.NextBytes(new byte[100]),
        random => random.Shuffle([1, 2, 3]),
        random => random.GetItems([1, 2, 3], 2),
    ];

    [Fact]
    public void Whatever_the_program_draws_is_on_the_tape()
    {
        foreach (var draw in Draws)
        {
            var world = new World();
            draw(new TapeRandom(world.Scheduler));
            world.Choices.Recorded.ShouldNotBeEmpty();
            world.Choices.Recorded.ShouldAllBe(choice => choice.Kind == ChoiceKind.Random);
        }
    }

    [Fact]
    public void Choice_zero_is_the_smallest_value()
    {
        var random = new TapeRandom(new World(FixedStrategy.First).Scheduler);
        random.Next(-5, 5).ShouldBe(-5);
        random.NextInt64(long.MinValue, long.MaxValue).ShouldBe(long.MinValue);
        random.NextDouble().ShouldBe(0);
        random.NextSingle().ShouldBe(0);
    }

    [Fact]
    public void The_last_choice_is_the_largest_value()
    {
        var random = new TapeRandom(new World(FixedStrategy.Last).Scheduler);
        random.Next().ShouldBe(int.MaxValue - 1);
        random.Next(-5, 5).ShouldBe(4);
        random.NextInt64(long.MinValue, long.MaxValue).ShouldBe(long.MaxValue - 1);
        random.NextInt64(1L << 40).ShouldBe((1L << 40) - 1);
        random.NextDouble().ShouldBe(Math.BitDecrement(1.0));
        random.NextSingle().ShouldBeLessThan(1);
    }

    [Fact]
    public void Empty_ranges_give_their_minimum_as_System_Random_does()
    {
        var random = new TapeRandom(new World().Scheduler);
        random.Next(0).ShouldBe(0);
        random.Next(7, 7).ShouldBe(7);
        random.NextInt64(7, 7).ShouldBe(7);
        Should.Throw<ArgumentOutOfRangeException>(() => random.Next(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => random.Next(2, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => random.NextInt64(2, 1));
    }

    [Fact]
    public void A_long_fill_is_one_choice_and_looks_random()
    {
        var world = new World();
        var bytes = new byte[100_003];
        new TapeRandom(world.Scheduler).NextBytes(bytes);
        world.Choices.Count.ShouldBe(1);
        bytes.Distinct().Count().ShouldBe(256);
    }

    [Fact]
    public void A_draw_from_a_foreign_thread_is_an_escape()
    {
        var world = new World();
        var random = new TapeRandom(world.Scheduler);
        Foreign
            .Call(() => random.Next())
            .ShouldBeOfType<SimulationEscapeException>()
            .Message.ShouldContain("TapeRandom");
    }
}
