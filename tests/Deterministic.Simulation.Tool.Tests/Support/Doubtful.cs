using Deterministic.Simulation.Transports;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>Scenarios that fail and are not deterministic, each in its own way; and one in which the simulator itself fails. What they count is kept between runs: a new one for each test.</summary>
internal static class Doubtful
{
    public static Scenario DrawsFromTheSharedRandom() => Failing(() => Random.Shared.Next());

    public static Scenario MakesGuids() => Failing(() => Guid.NewGuid().GetHashCode());

    public static Scenario CountsItsRuns()
    {
        int runs = 0;
        return Failing(() => ++runs);
    }

    public static Scenario LooksAtTheRealTime() =>
        Failing(() =>
        {
            long start = Environment.TickCount64;
            while (Environment.TickCount64 == start)
            {
                Thread.SpinWait(1000);
            }

            return Environment.TickCount64;
        });

    /// <summary>Every event is the same: only the failure comes later, or earlier.</summary>
    public static Scenario WaitsForARandomTime()
    {
        int runs = 0;
        return new AdHocScenario(
            "doubtful",
            async world =>
            {
                world.Note("the same");
                await Task.Delay(TimeSpan.FromMilliseconds(++runs), world.TimeProvider);
                throw new InvalidOperationException("as always");
            }
        );
    }

    /// <summary>Fails in its first run and in no other.</summary>
    public static Scenario FailsOnce()
    {
        int runs = 0;
        return new AdHocScenario(
            "doubtful",
            world =>
            {
                world.Note("the same");
                world.Always(++runs > 1, "not-the-first", "It is the first run.");
                return Task.CompletedTask;
            }
        );
    }

    /// <summary>What a wrong state of the simulated TCP does.</summary>
    public static Scenario FailsInTheSimulator() =>
        new AdHocScenario(
            "defective",
            async world =>
            {
                await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
                new ByteRing().CopyTo(-1, new byte[1]);
            }
        );

    private static AdHocScenario Failing(Func<long> draw) =>
        new AdHocScenario(
            "doubtful",
            world =>
            {
                world.Note("the same");
                world.Note($"drawn {draw()}");
                world.Always(condition: false, "never", "as always");
                return Task.CompletedTask;
            }
        );
}
