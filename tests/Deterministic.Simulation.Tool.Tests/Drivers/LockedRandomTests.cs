namespace Deterministic.Simulation.Tool.Tests;

public sealed class LockedRandomTests
{
    [Fact]
    public void The_same_seed_draws_the_same_in_every_way_of_drawing()
    {
        DrawAll(new LockedRandom(7)).ShouldBe(DrawAll(new LockedRandom(7)));
        DrawAll(new LockedRandom(7)).ShouldNotBe(DrawAll(new LockedRandom(8)));
    }

    [Fact]
    public void Both_halves_of_a_seed_count()
    {
        new LockedRandom(1UL << 40).Next().ShouldNotBe(new LockedRandom(0).Next());
    }

    [Fact]
    public void Threads_do_not_break_it()
    {
        // Unguarded, the generator's state is torn within moments and it draws zeros only.
        LockedRandom random = new(1);
        Parallel.For(0, 200_000, _ => random.Next(1_000));

        Enumerable.Range(0, 100).Select(_ => random.Next(1_000)).Distinct().Count().ShouldBeGreaterThan(50);
    }

    private static List<object> DrawAll(LockedRandom random)
    {
        byte[] bytes = new byte[8];
        random.NextBytes(bytes);
        return
        [
            random.Next(),
            random.Next(1_000_000),
            random.Next(5, 1_000_000),
            random.NextInt64(),
            random.NextInt64(1L << 40),
            random.NextInt64(5, 1L << 40),
            random.NextSingle(),
            random.NextDouble(),
            Convert.ToHexString(bytes),
        ];
    }
}
