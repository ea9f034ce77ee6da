using Deterministic.Exploration;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit.Tests;

public sealed class FailureTests
{
    private const string TestName = "Deterministic.Simulation.Xunit.Tests.FailingSamples.FailsNowAndThen";

    [Fact]
    public async Task The_first_bad_seed_ends_the_test_and_is_named_with_all_that_repeats_it()
    {
        ulong bad = FirstBadSeed();
        using Sample sample = await Sample.RunAsync<FailingSamples>(nameof(FailingSamples.FailsNowAndThen));

        sample.Summary.Failed.ShouldBe(1);
        string tape = sample.Tapes.ShouldHaveSingleItem();
        string[] lines = sample.Message.Split('\n', StringSplitOptions.TrimEntries);
        lines[0]
            .ShouldBe(
                $"Seed {bad} failed at {VirtualSeconds(lines[0])} s of virtual time on host main, with the faults 'calm':"
            );
        sample.Message.ShouldContain("this seed is bad");
        sample.Message.ShouldContain("   at FailingSamples.FailsNowAndThen in ");
        sample.Message.ShouldContain($"$env:DETERMINISTIC_SEED='{bad}'; dotnet test");
        sample.Message.ShouldContain($"[Simulation(FirstSeed = {bad}, Seeds = 1, Faults = \"calm\")]");
        sample.Message.ShouldContain(
            $"DETERMINISTIC_SEED={bad} dotnet test --filter \"FullyQualifiedName={TestName}\""
        );
        sample.Message.ShouldContain($"DETERMINISTIC_TAPE={tape} instead of the seed");
    }

    [Fact]
    public async Task The_events_up_to_the_failure_are_in_the_message()
    {
        using Sample sample = await Sample.RunAsync<FailingSamples>(nameof(FailingSamples.FailsNowAndThen));

        sample.Message.ShouldMatch("\nAll \\d+ events up to the failure:\n");
        sample.Message.ShouldContain("sent 6 bytes");
        sample.Message.ShouldContain("received 6 bytes");
        sample.Message.ShouldMatch("\n> +12\\.\\d+ s  main +THE FAILURE\n");
        sample.Message.ShouldNotContain("sent end of file");
    }

    [Fact]
    public async Task The_tape_names_the_test_and_how_it_ended()
    {
        using Sample sample = await Sample.RunAsync<FailingSamples>(nameof(FailingSamples.FailsNowAndThen));

        TapeHeader header = Tape.Load(sample.Tapes.ShouldHaveSingleItem()).Header;
        (header.Scenario, header.Faults, header.Seed).ShouldBe((TestName, "calm", FirstBadSeed()));
        header.Options["finding"].ShouldBe("no-exception");
    }

    [Theory]
    [InlineData(nameof(FailingSamples.NeverEnds), "no-deadlock", "waits for what will never come")]
    [InlineData(nameof(FailingSamples.NeverRests), "no-livelock", "No end after 2000000 steps.")]
    [InlineData(nameof(FailingSamples.SleepsForDays), "ends-in-time", "No end after 06:00:00 of virtual time.")]
    [InlineData(
        nameof(FailingSamples.Leaves),
        "nothing-escapes",
        "Task.Run hands work to a thread of the thread pool, outside the simulation, in FailingSamples.Leaves, FailingSamples.cs:"
    )]
    [InlineData(
        nameof(FailingSamples.ThrowsBeforeItReturnsATask),
        "no-exception",
        "InvalidOperationException: at once"
    )]
    [InlineData(nameof(FailingSamples.IsCancelled), "no-exception", "given up")]
    public async Task Whatever_goes_wrong_is_named(string method, string property, string detail)
    {
        using Sample sample = await Sample.RunAsync<FailingSamples>(method);

        sample.Summary.Failed.ShouldBe(1);
        sample.Message.ShouldStartWith("Seed 1 failed at ");
        sample.Message.ShouldContain("with the faults 'lossy-wan':");
        sample.Message.ShouldContain(detail);
        Tape.Load(sample.Tapes.ShouldHaveSingleItem()).Header.Options["finding"].ShouldBe(property);
    }

    [Fact]
    public async Task A_deadlock_names_who_waits_and_the_second_run_that_found_it_out_writes_nothing()
    {
        List<SimulatedWorld> worlds = [];
        using Sample sample = await Sample.RunAsync<WorldSamples>(
            nameof(WorldSamples.WaitsForEver),
            null,
            worlds,
            new TestOutputHelper()
        );

        worlds.Count.ShouldBe(2);
        sample.Message.ShouldContain(
            "- main waits for a task that nobody has completed, such as a TaskCompletionSource's, since 0.000 s, in WorldSamples.WaitsForEver, WorldSamples.cs:"
        );
        sample.Message.ShouldContain("    await new TaskCompletionSource().Task;");
        sample.Output.Split("once").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_gives_way_to_the_temporary_one()
    {
        string file = Path.GetTempFileName();
        using Sample sample = await Sample.RunAsync<FailingSamples>(
            nameof(FailingSamples.NeverEnds),
            new SimulationSettings { TapeFolder = file }
        );

        sample.Message.ShouldContain($"DETERMINISTIC_TAPE={Path.Combine(Path.GetTempPath(), "deterministic-tapes")}");
        File.Delete(file);
    }

    internal static ulong FirstBadSeed()
    {
        ulong seed = FailingSamples.FirstSeed;
        while (new RandomStrategy(seed).Choose(ChoiceKind.Random, FailingSamples.OneIn) != 0)
        {
            seed++;
        }

        return seed;
    }

    private static string VirtualSeconds(string headline)
    {
        const string before = " failed at ";
        string seconds = headline[(headline.IndexOf(before, StringComparison.Ordinal) + before.Length)..].Split(' ')[0];
        double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(12, 13);
        return seconds;
    }
}
