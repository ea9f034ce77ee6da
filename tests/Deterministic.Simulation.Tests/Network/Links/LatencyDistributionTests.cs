using Deterministic.Exploration;
using Deterministic.Faults;
using Deterministic.Faults.Numerics;
using Shouldly;

namespace Deterministic.Simulation.Tests;

public sealed class LatencyDistributionTests
{
    private static readonly TimeSpan Ms = TimeSpan.FromMilliseconds(1);

    public static TheoryData<string, double, double> Shapes =>
        new()
        {
            // Mean and the share below 10 ms, from the textbooks.
            { "uniform", 10, 0.5 },
            { "normal", 10, 0.5 },
            { "exponential", 10, 0.6321 },
            { "pareto", 9.6, 0.75 },
            { "bimodal", 9.9, 0.9 },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Draws_have_the_mean_and_the_share_of_their_distribution(string shape, double mean, double below)
    {
        LatencyDistribution distribution = Make(shape);
        ChoiceSource choices = new(new RandomStrategy(1), record: false);
        double[] drawn = [.. Enumerable.Range(0, 50_000).Select(_ => distribution.Draw(choices).TotalMilliseconds)];
        drawn.Average().ShouldBe(mean, 0.03 * mean);
        (drawn.Count(latency => latency < 10) / (double)drawn.Length).ShouldBe(below, 0.02);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_first_choice_is_the_least_latency(string shape, double mean, double below)
    {
        _ = (mean, below);
        LatencyDistribution distribution = Make(shape);
        TimeSpan least = distribution.Draw(new ChoiceSource(new FixedStrategy((_, _) => 0)));
        ChoiceSource choices = new(new RandomStrategy(1), record: false);
        for (int i = 0; i < 1000; i++)
        {
            distribution.Draw(choices).ShouldBeGreaterThanOrEqualTo(least);
        }
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.3)]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(1000)]
    public void Curves_are_those_of_the_C_library_to_a_billionth(double x)
    {
        DeterministicMath.Log(x).ShouldBe(Math.Log(x), 1e-9);
        DeterministicMath.Exp(-x).ShouldBe(Math.Exp(-x), 1e-9);
    }

    private static LatencyDistribution Make(string shape) =>
        shape switch
        {
            "uniform" => LatencyDistribution.Uniform(TimeSpan.Zero, 20 * Ms),
            "normal" => LatencyDistribution.Normal(10 * Ms, 2 * Ms),
            "exponential" => LatencyDistribution.Exponential(TimeSpan.Zero, 10 * Ms),
            // Shape 2 from 5 ms: the mean of the untruncated one is 10 ms.
            "pareto" => LatencyDistribution.Pareto(5 * Ms, 2, 1000 * Ms),
            _ => LatencyDistribution.Bimodal(9 * Ms, 18 * Ms, 100),
        };
}
