using Deterministic.Simulation.Scheduling;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Deterministic.Simulation.Tests;

/// <summary>Between a host's time and the world's, whatever the rate is changed to.</summary>
public sealed class ClockScaleTests
{
    private const long Day = TimeSpan.TicksPerDay;

    [Fact]
    public void At_the_rate_of_the_world_both_are_the_same()
    {
        ClockScale scale = new();
        foreach (long instant in new[] { 0, 1, 12_345, Day, long.MaxValue })
        {
            scale.LocalAt(instant).ShouldBe(instant);
            scale.WorldAt(instant).ShouldBe(instant);
        }
    }

    [Fact]
    public void A_day_at_a_hundred_parts_per_million_is_off_by_8_64_s()
    {
        ClockScale fast = new();
        fast.SetRate(100, 0);
        (fast.LocalAt(Day) - Day).ShouldBe(TimeSpan.FromSeconds(8.64).Ticks);
        ClockScale slow = new();
        slow.SetRate(-100, 0);
        (slow.LocalAt(Day) - Day).ShouldBe(-TimeSpan.FromSeconds(8.64).Ticks);
    }

    [Property(Arbitrary = [typeof(Rates)])]
    public void The_clock_never_goes_back((int Ppm, long Ticks)[] rates)
    {
        long shown = 0;
        ForEachInstant(
            rates,
            (scale, now) =>
            {
                long then = scale.LocalAt(now);
                then.ShouldBeGreaterThanOrEqualTo(shown);
                shown = then;
            }
        );
    }

    [Property(Arbitrary = [typeof(Rates), typeof(Distances)])]
    public void What_the_clock_will_show_is_shown_then_and_not_before((int Ppm, long Ticks)[] rates, int ahead) =>
        ForEachInstant(
            rates,
            (scale, now) =>
            {
                long local = scale.LocalAt(now) + ahead;
                long world = scale.WorldAt(local);
                scale.LocalAt(world).ShouldBeGreaterThanOrEqualTo(local);
                if (world > now)
                {
                    scale.LocalAt(world - 1).ShouldBeLessThan(local);
                }
            }
        );

    [Property(Arbitrary = [typeof(Rates)])]
    public void There_and_back_is_no_later_and_off_by_no_more_than_one_tick_of_the_clock(
        (int Ppm, long Ticks)[] rates
    ) =>
        ForEachInstant(
            rates,
            (scale, now) =>
            {
                long back = scale.WorldAt(scale.LocalAt(now));
                back.ShouldBeLessThanOrEqualTo(now);
                scale.LocalAt(back).ShouldBe(scale.LocalAt(now));
            }
        );

    [Fact]
    public void However_often_the_rate_is_set_to_the_same_nothing_is_lost()
    {
        ClockScale often = new();
        ClockScale once = new();
        once.SetRate(333, 0);
        for (long now = 0; now < 10_000; now++)
        {
            often.SetRate(333, now);
        }

        often.LocalAt(Day).ShouldBe(once.LocalAt(Day));
    }

    [Fact]
    public void The_end_of_time_is_not_passed()
    {
        ClockScale scale = new();
        scale.SetRate(500_000, 0);
        scale.LocalAt(long.MaxValue).ShouldBe(long.MaxValue);
        scale.SetRate(-500_000, Day);
        scale.WorldAt(long.MaxValue).ShouldBe(long.MaxValue);
    }

    /// <summary>Visits the start, the middle and the end of the time for which each rate holds.</summary>
    private static void ForEachInstant((int Ppm, long Ticks)[] rates, Action<ClockScale, long> visit)
    {
        ClockScale scale = new();
        long now = 0;
        foreach ((int ppm, long ticks) in rates)
        {
            scale.SetRate(ppm, now);
            visit(scale, now);
            visit(scale, now + (ticks / 2));
            now += ticks;
            visit(scale, now);
        }
    }

    /// <summary>Rates, and for how many ticks each holds.</summary>
    internal static class Rates
    {
        private static readonly Gen<(int Ppm, long Ticks)> Rate =
            from ppm in Gen.Choose(-500_000, 500_000)
            from wide in Gen.Elements(true, false)
            from small in Gen.Choose(0, 20)
            from large in Gen.Choose(0, int.MaxValue)
            select (ppm, wide ? large * 1000L : small);

        public static Arbitrary<(int Ppm, long Ticks)[]> Lists() =>
            Rate.ListOf().Select(list => list.ToArray()).ToArbitrary();
    }

    internal static class Distances
    {
        public static Arbitrary<int> NotNegative() => Gen.Choose(0, int.MaxValue).ToArbitrary();
    }
}
