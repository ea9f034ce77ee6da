namespace Deterministic.Simulation.Tool.Tests;

public sealed class RunTests
{
    [Fact]
    public async Task A_run_reports_the_first_findings_and_how_to_replay_them()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Flaky] };

        Outcome outcome = await detsim.RunAsync("run", "flaky", "--seeds", "60");

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldMatchApproved(approved => approved.NoDiff());
    }

    [Fact]
    public async Task The_report_is_the_same_whatever_the_number_of_threads()
    {
        using Detsim one = new() { Threads = 1 };
        using Detsim many = new() { Threads = 8 };

        Outcome alone = await one.RunAsync("run", "chat-broken", "--seeds", "300", "--faults", "hostile");
        Outcome together = await many.RunAsync("run", "chat-broken", "--seeds", "300", "--faults", "hostile");

        together.Output.ShouldBe(alone.Output);
        foreach (string tape in Directory.EnumerateFiles(one.PathOf(".detsim")))
        {
            string twin = Path.Combine(many.PathOf(".detsim"), Path.GetFileName(tape));
            (await File.ReadAllTextAsync(twin)).ShouldBe(await File.ReadAllTextAsync(tape));
        }
    }

    [Fact]
    public async Task A_sound_scenario_finds_nothing_and_leaves_nothing_behind()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Sound] };

        Outcome outcome = await detsim.RunAsync("run", "sound");

        outcome.ExitCode.ShouldBe(0);
        outcome.OutputLines[^1].ShouldStartWith("100 runs in 1.0 s (100/s): nothing found; ");
        Directory.EnumerateFileSystemEntries(detsim.WorkingDirectory).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_must_hold_sometimes_and_holds_in_no_run_is_found_and_a_single_run_misses_nothing()
    {
        Scenario dull = new AdHocScenario(
            "dull",
            world =>
            {
                world.Sometimes(condition: false, "something-happens");
                return Task.CompletedTask;
            }
        );
        using Detsim detsim = new() { Scenarios = [dull] };

        Outcome many = await detsim.RunAsync("run", "dull", "--seeds", "20");
        Outcome one = await detsim.RunAsync("run", "dull", "--seed", "1");

        many.ExitCode.ShouldBe(1);
        many.Output.ShouldContain("seen-sometime: 'something-happens' holds in none of 20 runs.");
        many.OutputLines[^1].ShouldContain("a property held in no run");
        one.ExitCode.ShouldBe(0);
        one.Output.ShouldNotContain("seen-sometime");
    }

    [Fact]
    public async Task A_deadlock_names_who_waits_for_what_and_where_and_so_does_its_replay()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Stuck] };

        Outcome run = await detsim.RunAsync("run", "stuck", "--seeds", "3");
        string tape = Directory.EnumerateFiles(detsim.PathOf(".detsim")).Order(StringComparer.Ordinal).First();
        Outcome replay = await detsim.RunAsync("replay", tape);

        run.Output.ShouldContain("Who waits for what in seed 1:\n");
        foreach (Outcome outcome in (Outcome[])[run, replay])
        {
            outcome.Output.ShouldContain(
                "  - main waits for a task that nobody has completed, such as a TaskCompletionSource's, since 2.000 s, in MadeUp.WaitAsync, MadeUp.cs:"
            );
            outcome.Output.ShouldContain("        await new TaskCompletionSource().Task;\n");
        }
    }

    [Fact]
    public async Task Chat_broken_is_found_under_lossy_wan_and_chat_is_not()
    {
        using Detsim detsim = new();

        (await detsim.RunAsync("run", "chat-broken", "--seeds", "20")).ExitCode.ShouldBe(1);
        (await detsim.RunAsync("run", "chat", "--seeds", "200")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_single_seed_tells_its_trace_hash_the_same_each_time()
    {
        using Detsim detsim = new();

        Outcome first = await detsim.RunAsync("run", "chat", "--seed", "7");
        Outcome again = await detsim.RunAsync("run", "chat", "--seed", "7", "--trace");
        Outcome other = await detsim.RunAsync("run", "chat", "--seed", "8");

        again.TraceHash.ShouldBe(first.TraceHash);
        other.TraceHash.ShouldNotBe(first.TraceHash);
    }

    [Fact]
    public async Task Trace_tells_the_story_of_a_run()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Flaky] };

        Outcome outcome = await detsim.RunAsync("run", "flaky", "--seed", "18446744073709551615", "--trace");

        outcome.OutputLines[0].ShouldBe("flaky under lossy-wan, seed 18446744073709551615");
        outcome.OutputLines[1].ShouldStartWith("0.0000000 s  main    note: drawn ");
    }

    [Fact]
    public async Task Tapes_go_where_they_are_asked_to()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Flaky] };

        Outcome outcome = await detsim.RunAsync(
            "run",
            "flaky",
            "--seeds",
            "5",
            "--faults",
            "calm",
            "--out",
            "my tapes/new"
        );

        string tape = Directory.EnumerateFiles(detsim.PathOf("my tapes/new"), "flaky-calm-*.tape").First();
        outcome.Output.ShouldContain($"detsim replay 'my tapes/new/{Path.GetFileName(tape)}'");
        Directory.Exists(detsim.PathOf(".detsim")).ShouldBeFalse();
    }

    [Fact]
    public async Task Faults_on_top_of_a_profile_strike_are_told_and_are_in_the_tape()
    {
        using Detsim detsim = new();

        Outcome calm = await detsim.RunAsync("run", "chat-broken", "--faults", "calm", "--seed", "1");
        Outcome cut = await detsim.RunAsync([
            "run",
            "chat-broken",
            "--faults",
            "calm",
            "--fault",
            "slicer",
            "--fault",
            "refused nth=1000",
            "--seed",
            "1",
        ]);

        calm.ExitCode.ShouldBe(0);
        cut.ExitCode.ShouldBe(1);
        cut.OutputLines[0].ShouldBe("chat-broken under calm and 'slicer' and 'refused nth=1000', seed 1");
        Outcome replayed = await detsim.RunAsync("replay", ".detsim/chat-broken-calm-1.tape");
        replayed.ExitCode.ShouldBe(1);
        replayed.OutputLines[0].ShouldStartWith("chat-broken under calm and 'slicer' and 'refused nth=1000', seed 1");
        replayed.OutputLines[^1].ShouldBe("It failed in the same way: same finding, same trace.");
    }

    [Fact]
    public async Task An_interruption_ends_in_good_order_with_what_was_found_so_far()
    {
        using CancellationTokenSource interrupt = new();
        int runs = 0;
        AdHocScenario scenario = new(
            "interrupted",
            world =>
            {
                world.Always(condition: false, "found", "before the interruption");
                if (++runs == 3)
                {
                    interrupt.Cancel();
                }

                return Task.CompletedTask;
            }
        );
        using Detsim detsim = new() { Scenarios = [scenario], Threads = 1 };

        Outcome outcome = await detsim.RunAsync(interrupt.Token, "run", "interrupted");

        outcome.ExitCode.ShouldBe(130);
        outcome.Error.ShouldBe("detsim: interrupted\n");
        outcome.OutputLines[^1].ShouldStartWith("3 of 100 runs in 1.0 s");
        Directory.EnumerateFiles(detsim.PathOf(".detsim")).Count().ShouldBe(3);
    }
}
