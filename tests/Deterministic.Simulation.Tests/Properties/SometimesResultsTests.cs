namespace Deterministic.Simulation.Tests;

public sealed class SometimesResultsTests
{
    [Fact]
    public void What_holds_in_one_of_many_runs_is_seen_and_what_holds_in_none_is_missing()
    {
        SometimesResults all = Explore(world =>
        {
            world.Sometimes(world.Random.Next(10) == 0, "seldom");
            world.Sometimes(condition: false, "never");
            return Task.CompletedTask;
        });
        all.Seen.ShouldBe(["seldom"]);
        all.Missing.ShouldBe(["never"]);
    }

    [Fact]
    public void A_line_that_is_never_reached_is_missed_if_the_scenario_names_it()
    {
        SometimesResults all = Explore(
            world =>
            {
                if (world.Random.Next(10) == 0)
                {
                    world.Reachable("seldom");
                }

                return Task.CompletedTask;
            },
            "seldom",
            "never"
        );
        all.Seen.ShouldBe(["seldom"]);
        all.Missing.ShouldBe(["never"]);
    }

    [Fact]
    public void What_is_missing_in_a_run_is_no_finding_of_that_run()
    {
        SimulationRun run = SimulationRunner.Run(
            new Play(world =>
            {
                world.Sometimes(condition: false, "never");
                return Task.CompletedTask;
            }),
            seed: 1
        );
        run.Finding.ShouldBeNull();
        run.SometimesResults.Missing.ShouldBe(["never"]);
    }

    [Fact]
    public void Once_seen_it_stays_seen()
    {
        SometimesResults sightings = new();
        sightings.Add("it", seen: true);
        sightings.Add("it", seen: false);
        sightings.Missing.ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => sightings.Add("", seen: true));
    }

    private static SometimesResults Explore(Func<ScenarioWorld, Task> body, params string[] reachable)
    {
        SometimesResults all = new();
        for (ulong seed = 1; seed <= 100; seed++)
        {
            all.Add(SimulationRunner.Run(new Play(body, reachable: reachable), seed).SometimesResults);
        }

        return all;
    }
}
