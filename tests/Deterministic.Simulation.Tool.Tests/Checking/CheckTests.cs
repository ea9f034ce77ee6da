using Deterministic.Faults;

namespace Deterministic.Simulation.Tool.Tests;

public sealed class CheckTests
{
    [Fact]
    public async Task A_deterministic_scenario_passes_under_every_profile()
    {
        using Detsim detsim = new();
        foreach (FaultProfile profile in FaultProfiles.All)
        {
            Outcome outcome = await detsim.RunAsync("check", "chat", "--seeds", "30", "--faults", profile.Name);

            outcome.Error.ShouldBeEmpty();
            outcome.OutputLines.ShouldBe([
                $"chat under {profile.Name}, seeds 1 to 30, each twice in this process and once in another",
                "30 seeds in 1.0 s (30/s): no difference.",
            ]);
            outcome.ExitCode.ShouldBe(0);
        }

        Directory.EnumerateFileSystemEntries(detsim.WorkingDirectory).ShouldBeEmpty();
    }

    [Fact]
    public async Task Faults_on_top_of_a_profile_strike_here_and_in_the_other_process()
    {
        using Detsim detsim = new();

        Outcome outcome = await detsim.RunAsync([
            "check",
            "chat-broken",
            "--faults",
            "calm",
            "--fault",
            "slicer",
            "--fault",
            "refused nth=1000",
            "--seeds",
            "5",
        ]);

        outcome.Error.ShouldBeEmpty();
        outcome.OutputLines.ShouldBe([
            "chat-broken under calm and 'slicer' and 'refused nth=1000', seeds 1 to 5, each twice in this process and once in another",
            "5 seeds in 1.0 s (5/s): no difference.",
        ]);
        outcome.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_difference_under_faults_on_top_is_told_with_the_command_that_shows_it_again()
    {
        Outcome outcome = await CheckAsync(
            Leaking.Process,
            "--faults",
            "calm",
            "--fault",
            "reset nth=20",
            "--fault",
            "loss",
            "--seed",
            "1"
        );

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain($"Faults: calm and 'reset nth=20' and 'loss', {FaultProfiles.Calm.Description}.");
        outcome.Output.ShouldContain(
            "  detsim check process --faults calm --fault 'reset nth=20' --fault loss --seed 1\n"
        );
    }

    [Fact]
    public async Task Findings_are_no_difference()
    {
        using Detsim detsim = new();

        (await detsim.RunAsync("check", "chat-broken", "--seeds", "20")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_run_that_differs_from_the_next_is_shown_from_both_sides_with_what_came_before()
    {
        Outcome outcome = await CheckAsync(Leaking.Counting, "--seed", "7", "--faults", "calm");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBeEmpty();
        string[] lines = outcome.OutputLines;
        lines[1].ShouldBe("Seed 7, run here and again: the traces part at event 9.");
        lines[2].ShouldMatch("^  4  0\\.003\\d+ s  main    note: step 4$");
        lines[6].ShouldMatch("^  8  0\\.007\\d+ s  main    note: step 8$");
        lines[7].ShouldBe("here, of 9 events:");
        lines[8].ShouldMatch("^> 9  0\\.008\\d+ s  main    note: run \\d+$");
        lines[9].ShouldBe("again, of 9 events:");
        lines[10].ShouldMatch("^> 9  0\\.008\\d+ s  main    note: run \\d+$");
        lines[10].ShouldNotBe(lines[8]);
        lines[11].ShouldBe($"Faults: calm, {FaultProfiles.Calm.Description}.");
        lines[13].ShouldBe("  detsim check counting --faults calm --seed 7");
        lines[14].ShouldBe("1 seed in 1.0 s: seed 7 differs.");
        lines.Length.ShouldBe(15);
    }

    [Fact]
    public async Task A_run_that_differs_in_another_process_only_is_shown_from_both_sides()
    {
        Outcome outcome = await CheckAsync(Leaking.Process, "--seeds", "3");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain("Seed 1, run here and in another process: the traces part at event 2.");
        outcome.Output.ShouldContain("  1  0.0000000 s  main    note: the same\n");
        string[] differing = [.. outcome.OutputLines.Where(line => line.StartsWith("> 2  ", StringComparison.Ordinal))];
        differing.Length.ShouldBe(2);
        differing[0].ShouldEndWith($"note: process {Environment.ProcessId}");
        differing[1].ShouldMatch("note: process \\d+$");
        differing[1].ShouldNotBe(differing[0]);
        outcome.OutputLines[^1].ShouldBe("3 seeds in 1.0 s (3/s): 3 differ, the first of them 1, 2, 3.");
    }

    [Fact]
    public async Task A_run_that_is_different_in_a_fresh_process_is_shown_beside_one_of_such()
    {
        await new SimulatedDriver(FaultProfiles.Calm).RunAsync(Leaking.Warming, 1, CancellationToken.None);

        Outcome outcome = await CheckAsync(Leaking.Warming, "--seed", "1");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain("run here and in another process");
        outcome.Output.ShouldContain("note: as always");
        outcome.Output.ShouldContain("note: other");
    }

    [Fact]
    public async Task A_run_that_ends_earlier_is_told_to()
    {
        Outcome outcome = await CheckAsync(Leaking.Growing, "--seed", "1");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain("the traces part at event 2.");
        outcome.Output.ShouldContain("here, of 1 event:\n> 2  no event: it ends here\n");
        outcome.Output.ShouldMatch("again, of 2 events:\n> 2  .* note: more\n");
    }

    [Fact]
    public async Task Other_bytes_in_the_same_event_are_told()
    {
        Outcome outcome = await CheckAsync(Leaking.Bytes, "--seed", "1", "--faults", "calm");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldMatch("> \\d+  .* sent 16 bytes\n");
        outcome.Output.ShouldContain("The event is the same, and the bytes that it carries are not.");
    }

    [Fact]
    public async Task Other_endings_of_the_same_trace_are_told()
    {
        Outcome outcome = await CheckAsync(Leaking.Detail, "--seed", "1");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain("run here and in another process: all 1 event are the same, but the runs differ:");
        outcome.Output.ShouldMatch(
            $"here: .* no-exception at 0.000 s: InvalidOperationException: Process {Environment.ProcessId}\\.\n"
        );
        outcome.Output.ShouldMatch(
            "in another process: .* no-exception at 0.000 s: InvalidOperationException: Process \\d+\\.\n"
        );
    }

    [Fact]
    public async Task A_difference_that_does_not_come_again_is_still_reported()
    {
        Outcome outcome = await CheckAsync(Leaking.Fleeting, "--seed", "1");

        outcome.ExitCode.ShouldBe(1);
        outcome.Output.ShouldContain(
            "Seed 1 differed in the check, but not when it was run again to show the difference"
        );
    }

    [Fact]
    public async Task What_a_scenario_prints_does_not_disturb_the_check()
    {
        Outcome outcome = await DetsimProcess.RunAsync(MadeUpProgram.File, "check", "talkative", "--seeds", "5");

        outcome.Error.ShouldBeEmpty();
        outcome.OutputLines[^1].ShouldContain("no difference");
        outcome.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Detsim_finds_itself_to_start_the_other_process()
    {
        Outcome own = await DetsimProcess.RunAsync(DetsimProcess.File, "check", "chat", "--seeds", "20");
        Outcome madeUp = await DetsimProcess.RunAsync(MadeUpProgram.File, "check", "process", "--seed", "1");

        own.OutputLines[^1].ShouldContain("no difference");
        own.ExitCode.ShouldBe(0);
        madeUp.Output.ShouldContain("run here and in another process");
        madeUp.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_failure_of_the_other_process_is_no_clean_bill()
    {
        AdHocScenario scenario = new("unknown-there", _ => Task.CompletedTask);

        Outcome outcome = await CheckAsync(scenario);

        outcome.ExitCode.ShouldBe(70);
        outcome.Error.ShouldContain("The other process ended with exit code 2");
        outcome.Error.ShouldContain("unknown scenario 'unknown-there'");
        outcome.Error.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task An_interruption_ends_in_good_order()
    {
        using CancellationTokenSource interrupt = new();
        int runs = 0;
        AdHocScenario scenario = new(
            "sound",
            world =>
            {
                if (++runs == 6)
                {
                    interrupt.Cancel();
                }

                return MadeUp.Sound.RunAsync(world);
            }
        );
        using Detsim detsim = new() { Scenarios = [scenario], Threads = 1 };

        Outcome outcome = await detsim.RunAsync(interrupt.Token, "check", "sound", "--seeds", "1000000");

        outcome.ExitCode.ShouldBe(130);
        outcome.Error.ShouldBe("detsim: interrupted\n");
        outcome.OutputLines[^1].ShouldBe("3 of 1,000,000 seeds in 1.0 s (3/s): no difference.");
    }

    private static async Task<Outcome> CheckAsync(Scenario scenario, params string[] options)
    {
        using Detsim detsim = new() { Scenarios = [scenario], Threads = 1 };
        return await detsim.RunAsync(["check", scenario.Name, .. options]);
    }
}
