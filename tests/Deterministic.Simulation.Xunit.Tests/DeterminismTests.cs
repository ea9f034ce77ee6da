using Deterministic.Exploration;

namespace Deterministic.Simulation.Xunit.Tests;

/// <summary>A test that is not deterministic says so, before all else.</summary>
public sealed class DeterminismTests
{
    private const string NotDeterministic =
        "NOT DETERMINISTIC: the same decisions, replayed at once, ended otherwise. Until that is fixed, neither seed nor tape repeats the failure.";

    [Theory]
    [InlineData(nameof(NondeterministicSamples.DrawsFromTheSharedRandom))]
    [InlineData(nameof(NondeterministicSamples.CountsInAStaticField))]
    [InlineData(nameof(NondeterministicSamples.LooksAtTheRealTime))]
    [InlineData(nameof(NondeterministicSamples.MakesAGuid))]
    public async Task A_failure_that_does_not_replay_alike_says_so_first_with_the_first_event_that_differs(
        string sample
    )
    {
        using Sample failed = await Sample.RunAsync<NondeterministicSamples>(sample);

        string[] lines = failed.Message.Split('\n');
        lines[0].ShouldBe(NotDeterministic);
        lines[1].ShouldStartWith("first: no-exception at 1 s: InvalidOperationException: as always");
        lines[2].ShouldStartWith("again: no-exception at 1 s: InvalidOperationException: as always");
        lines[3].ShouldBe("The traces part at event 2:");
        lines[4].ShouldEndWith("note: the same");
        lines[6].ShouldMatch("^> 2  1\\.0000000 s  main    note: drawn -?\\d+$");
        lines[8].ShouldMatch("^> 2  1\\.0000000 s  main    note: drawn -?\\d+$");
        lines[8].ShouldNotBe(lines[6]);
        lines.ShouldContain(line => line.StartsWith("Seed 1 failed at 1 s", StringComparison.Ordinal));
        lines.Length.ShouldBeLessThanOrEqualTo(40);

        // And a replay of its tape says so again.
        using Sample replayed = await Sample.RunAsync<NondeterministicSamples>(
            sample,
            new SimulationSettings { Tape = failed.Tapes[0] }
        );
        replayed.Summary.Failed.ShouldBe(1);
        replayed.Message.ShouldStartWith("NOT DETERMINISTIC: the same decisions, replayed twice, ended otherwise.");
        replayed.Message.ShouldContain("This was a replay, and its result is NOT the recorded one.");
    }

    [Fact]
    public async Task A_replay_that_passes_though_its_tape_was_recorded_from_a_failure_is_red()
    {
        using Sample failed = await Sample.RunAsync<NondeterministicSamples>(nameof(NondeterministicSamples.FailsOnce));
        failed.Message.ShouldStartWith(NotDeterministic);
        failed.Message.ShouldContain("again: passed (1 events");

        for (int time = 0; time < 3; time++)
        {
            using Sample replayed = await Sample.RunAsync<NondeterministicSamples>(
                nameof(NondeterministicSamples.FailsOnce),
                new SimulationSettings { Tape = failed.Tapes[0] }
            );
            replayed.Summary.Failed.ShouldBe(1);
            replayed.Message.ShouldStartWith("NOT AS RECORDED: the replay did not end as its tape says.");
            replayed.Message.ShouldContain("recorded: the finding 'no-exception'");
            replayed.Message.ShouldContain("replayed: passed (1 events");
            replayed.Message.ShouldContain("The replay of seed 1 passed this time");
        }
    }

    [Fact]
    public async Task The_same_failure_with_another_message_is_not_deterministic_either()
    {
        using Sample failed = await Sample.RunAsync<NondeterministicSamples>(
            nameof(NondeterministicSamples.SaysSomethingElse)
        );

        failed.Message.ShouldStartWith(NotDeterministic);
        failed.Message.ShouldContain(
            "All events are the same. first: no-exception at 0 s: InvalidOperationException: run 1 "
        );
        failed.Message.ShouldContain("again: no-exception at 0 s: InvalidOperationException: run 2 ");
    }

    [Theory]
    [InlineData(nameof(NondeterministicSamples.SaysSomethingElseLater), 3, "run 1", "run 2")]
    [InlineData(nameof(NondeterministicSamples.SaysMoreLater), 2, "(no such line)", "one more line")]
    public async Task Of_messages_that_begin_alike_the_first_line_that_differs_is_shown(
        string sample,
        int line,
        string first,
        string again
    )
    {
        using Sample failed = await Sample.RunAsync<NondeterministicSamples>(sample);

        string[] lines = failed.Message.Split('\n');
        lines[0].ShouldBe(NotDeterministic);
        lines[1]
            .ShouldStartWith(
                "All events are the same. first and again: no-exception at 0 s: InvalidOperationException: the same ("
            );
        lines[2].ShouldBe($"The messages differ in line {line}:");
        lines[3].ShouldBe($"first: {first}");
        lines[4].ShouldBe($"again: {again}");
    }

    [Fact]
    public async Task A_test_that_draws_from_its_seed_is_deterministic_and_its_tape_has_the_seed()
    {
        using Sample failed = await Sample.RunAsync<NondeterministicSamples>(
            nameof(NondeterministicSamples.DrawsFromItsSeed)
        );
        using Sample replayed = await Sample.RunAsync<NondeterministicSamples>(
            nameof(NondeterministicSamples.DrawsFromItsSeed),
            new SimulationSettings { Tape = failed.Tapes[0] }
        );

        failed.Message.ShouldStartWith("Seed 7 failed at 1 s");
        replayed.Message.ShouldStartWith("The replay of seed 7 failed at 1 s");
        replayed.Message.ShouldContain("its result is the recorded one");
    }

    [Fact]
    public async Task A_relative_path_of_a_tape_is_looked_for_where_the_user_may_have_typed_it()
    {
        using Sample failed = await Sample.RunAsync<ReportSamples>(nameof(ReportSamples.NeverEnds));
        string name = Path.GetFileName(failed.Tapes[0]);
        string below = Directory.CreateDirectory(Path.Combine(failed.TapeFolder, "below")).FullName;

        using Sample replayed = await Sample.RunAsync<ReportSamples>(
            nameof(ReportSamples.NeverEnds),
            new SimulationSettings { Tape = name, Folders = [below, failed.TapeFolder] }
        );
        using Sample missing = await Sample.RunAsync<ReportSamples>(
            nameof(ReportSamples.NeverEnds),
            new SimulationSettings { Tape = name, Folders = [below, Path.GetTempPath()] }
        );

        replayed.Message.ShouldContain("This was a replay, and its result is the recorded one.");
        missing.Message.ShouldContain(
            $"DETERMINISTIC_TAPE: there is no tape '{name}', neither in {below}, nor in {Path.GetTempPath()}. Give its full path."
        );
    }

    [Fact]
    public void The_shell_s_folder_comes_first_and_those_above_the_assembly_last()
    {
        IReadOnlyList<string> folders = TapePath.Folders();

        if (Environment.GetEnvironmentVariable("PWD") is { Length: > 0 } shell)
        {
            folders[0].ShouldBe(shell);
        }

        folders.ShouldContain(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        folders.ShouldContain(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory))!);
        folders[^1].ShouldBe(Path.GetPathRoot(AppContext.BaseDirectory));
    }
}
