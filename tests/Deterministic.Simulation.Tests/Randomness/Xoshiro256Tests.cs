using Deterministic.Exploration;

namespace Deterministic.Simulation.Tests;

public class Xoshiro256Tests
{
    // From an implementation in another language, written from the papers. These may never change: tapes and seeds depend on them.
    [Theory]
    [InlineData(0ul, 0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0, 0x6aa594f1262d2d2c)]
    [InlineData(42ul, 0x15780b2e0c2ec716, 0x6104d9866d113a7e, 0xae17533239e499a1, 0xecb8ad4703b360a1)]
    [InlineData(ulong.MaxValue, 0x8f5520d52a7ead08, 0xc476a018caa1802d, 0x81de31c0d260469e, 0xbf658d7e065f3c2f)]
    public void A_seed_means_the_same_bits_for_ever(ulong seed, ulong first, ulong second, ulong third, ulong fourth)
    {
        var random = new Xoshiro256(seed);
        new[] { random.Next(), random.Next(), random.Next(), random.Next() }.ShouldBe([first, second, third, fourth]);
    }

    [Fact]
    public void A_seed_means_the_same_bounded_numbers_for_ever()
    {
        var random = new Xoshiro256(42);
        int[] bounds = [2, 3, 10, 100, 1000, int.MaxValue, 1_500_000_000, 1_500_000_000];
        bounds.Select(random.Below).ShouldBe([0, 1, 6, 92, 991, 1653002903, 1078887866, 1275012665]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(1_610_612_736)] // 3/8 of 2^32: without the second draw, a third of the numbers would come up far more often.
    public void Bounded_numbers_are_in_range_and_even(int bound)
    {
        const int draws = 60_000;
        var random = new Xoshiro256(7);
        var thirds = new int[3];
        for (var i = 0; i < draws; i++)
        {
            var number = random.Below(bound);
            number.ShouldBeInRange(0, bound - 1);
            thirds[number % 3]++;
        }

        if (bound % 3 == 0)
        {
            thirds.ShouldAllBe(count => Math.Abs(count - (draws / 3)) < 600);
        }
    }

    [Fact]
    public void A_bound_below_one_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new Xoshiro256(1).Below(0));
}
