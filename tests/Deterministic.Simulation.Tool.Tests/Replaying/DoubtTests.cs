namespace Deterministic.Simulation.Tool.Tests;

/// <summary>A program that is not deterministic is said to be so before anything else is.</summary>
public sealed class DoubtTests
{
    public static TheoryData<string, Func<Scenario>> Sources =>
        new()
        {
            { "Random.Shared", Doubtful.DrawsFromTheSharedRandom },
            { "Guid.NewGuid", Doubtful.MakesGuids },
            { "a static counter", Doubtful.CountsItsRuns },
            { "Environment.TickCount64", Doubtful.LooksAtTheRealTime },
        };

    [Theory]
    [MemberData(nameof(Sources), DisableDiscoveryEnumeration = true)]
    public async Task A_finding_that_does_not_replay_alike_is_said_to_be_so_first(string source, Func<Scenario> create)
    {
        using Detsim detsim = new() { Scenarios = [create()] };

        Outcome run = await detsim.RunAsync("run", "doubtful", "--seeds", "3");
        Outcome replay = await detsim.RunAsync("replay", ".detsim/doubtful-lossy-wan-1.tape");

        run.ExitCode.ShouldBe(1, source);
        run.OutputLines[1]
            .ShouldStartWith("Seed 1: NOT DETERMINISTIC: the same decisions, replayed at once, ended otherwise.");
        run.Output.ShouldContain("The traces part at event 2:\n");
        run.OutputLines.Count(line => line.StartsWith("> 2  ", StringComparison.Ordinal)).ShouldBe(2);
        run.Output.ShouldContain("The same applies to the seeds 2, 3.");
        replay.ExitCode.ShouldBe(1, source);
        replay
            .OutputLines[1]
            .ShouldStartWith("NOT DETERMINISTIC: the same decisions, replayed twice, ended otherwise.");
        replay.Output.ShouldContain("The traces part at event 2:\n");
        replay.OutputLines[^1].ShouldStartWith("The result is NOT the same: ");
    }

    [Fact]
    public async Task A_failure_at_another_virtual_time_is_another_one()
    {
        using Detsim detsim = new() { Scenarios = [Doubtful.WaitsForARandomTime()] };

        Outcome run = await detsim.RunAsync("run", "doubtful", "--seed", "1");

        run.ExitCode.ShouldBe(1);
        run.OutputLines[1]
            .ShouldStartWith("Seed 1: NOT DETERMINISTIC: the same decisions, replayed at once, ended otherwise.");
        run.Output.ShouldMatch(
            @"\nAll events are the same\. first: no-exception at (\S+) s: .*\nagain: no-exception at (?!\1 )\S+ s: "
        );
    }

    [Fact]
    public async Task A_replay_that_passes_though_its_tape_was_recorded_from_a_finding_is_red()
    {
        using Detsim detsim = new() { Scenarios = [Doubtful.FailsOnce()] };

        Outcome run = await detsim.RunAsync("run", "doubtful", "--seed", "1");
        run.OutputLines[1].ShouldStartWith("Seed 1: NOT DETERMINISTIC: ");
        run.Output.ShouldContain("again: passed (1 events, 0 decisions)");

        for (int time = 0; time < 3; time++)
        {
            Outcome replay = await detsim.RunAsync("replay", ".detsim/doubtful-lossy-wan-1.tape");
            replay.ExitCode.ShouldBe(1);
            replay.OutputLines[1].ShouldStartWith("NOT AS RECORDED: the replay did not end as its tape says.");
            replay.Output.ShouldContain(
                "recorded: the finding 'not-the-first'\nreplayed: passed (1 events, 0 decisions)\n"
            );
            replay.Output.ShouldContain(
                "The traces part at event 2, which in the replay is:\n> no event: it ends here\n"
            );
        }
    }

    [Fact]
    public async Task A_finding_that_fails_alike_is_reported_without_doubts()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Flaky] };

        Outcome run = await detsim.RunAsync("run", "flaky", "--seeds", "30");

        run.Output.ShouldNotContain("NOT ", Case.Sensitive);
        run.OutputLines[1].ShouldStartWith("seed  property");
    }

    [Fact]
    public async Task An_error_of_the_simulator_is_its_own_and_ends_with_exit_code_70_and_the_seed()
    {
        Scenario defective = Doubtful.FailsInTheSimulator();
        using Detsim detsim = new() { Scenarios = [defective], Threads = 1 };

        Outcome run = await detsim.RunAsync("run", "defective", "--seeds", "3");
        Outcome replay = await detsim.RunAsync("replay", ".detsim/defective-lossy-wan-1.tape");

        foreach (Outcome outcome in (Outcome[])[run, replay])
        {
            outcome.ExitCode.ShouldBe(70);
            outcome.Error.ShouldStartWith(
                "detsim: seed 1: An error in the simulator itself, and none of the program: DivideByZeroException: "
            );
            outcome.Error.ShouldContain("in ByteRing.CopyTo; please report it along with the command\n");
        }

        run.Output.ShouldContain(
            "In seed 1 the simulator itself failed; its tape:\n  .detsim/defective-lossy-wan-1.tape\n"
        );
        run.Output.ShouldNotContain("what happened");
        replay.Output.ShouldContain("simulator-error at 1.000 s of virtual time on host main:");
    }

    [Fact]
    public async Task A_check_that_finds_an_error_of_the_simulator_ends_with_exit_code_70_and_the_seed()
    {
        Scenario defective = Doubtful.FailsInTheSimulator();
        using Detsim detsim = new() { Scenarios = [defective], Threads = 1 };

        Outcome outcome = await detsim.RunAsync("check", "defective", "--seeds", "2");

        outcome.ExitCode.ShouldBe(70);
        outcome.Error.ShouldStartWith("detsim: seed 1: An error in the simulator itself");
    }
}
