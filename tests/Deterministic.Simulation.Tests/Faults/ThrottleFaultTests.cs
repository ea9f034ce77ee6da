using Deterministic.Faults;
using static Deterministic.Simulation.Tests.Struck;

namespace Deterministic.Simulation.Tests;

/// <summary>Faults of hosts whose programs are slow.</summary>
public sealed class ThrottleFaultTests
{
    [Fact]
    [ShowsFault(FaultKind.Throttle, FaultIs.On)]
    public void The_steps_of_a_throttled_host_cost_time()
    {
        TimeSpan[] calm = Yields("throttle at=1s for=10s amount=1000 on=other");
        TimeSpan[] slow = Yields("throttle at=1s for=10s amount=1000000 on=server");
        calm.ShouldAllBe(took => took < Ms(1));
        slow[0].ShouldBe(Seconds(3), Ms(1));
        slow[1].ShouldBeLessThan(Ms(1), "it is over");
    }

    [Fact]
    public void Of_two_throttles_the_worse_counts_until_it_is_over_and_what_the_scenario_asks_for_stays()
    {
        TimeSpan[] slow = Yields(
            "throttle at=1s for=10s amount=1000000 on=server",
            "throttle at=1s for=5s amount=2000 on=server"
        );
        slow[0].ShouldBe(Seconds(3), Ms(1));
        slow[1].ShouldBeLessThan(Ms(1));

        TimeSpan[] asked = Yields(host => host.Throttle(Ms(100)), "throttle at=1s for=10s amount=1000000 on=server");
        asked[0].ShouldBe(Seconds(3), Ms(1));
        asked[1].ShouldBe(Ms(300), Ms(1));
    }

    private static TimeSpan[] Yields(params string[] rules) => Yields(static _ => { }, rules);

    /// <summary>How long four steps of a program take from one to the last, at 2 s and after 20 s.</summary>
    private static TimeSpan[] Yields(Action<SimulatedHost> prepare, params string[] rules)
    {
        List<TimeSpan> took = [];
        Talk.Alone(
            async world =>
            {
                TaskCompletionSource over = new();
                world.Host("other").Start(_ => Programs.Forever);
                SimulatedHost server = world.Host("server");
                prepare(server);
                server.Start(async self =>
                {
                    foreach (double second in new[] { 2.0, 20.0 })
                    {
                        await WaitUntilAsync(world, Seconds(second));
                        TimeSpan start = world.Scheduler.Now;
                        for (int i = 0; i < 3; i++)
                        {
                            await Task.Yield();
                        }

                        took.Add(world.Scheduler.Now - start);
                    }

                    over.SetResult();
                });
                await over.Task;
            },
            By([.. rules.Select(FaultRule.Parse)])
        );
        return [.. took];
    }
}
