using Deterministic.Exploration;
using Deterministic.Faults;
using Xunit.Sdk;

namespace Deterministic.Simulation.Xunit.Tests;

public sealed class RunningTests
{
    [Fact]
    public async Task Each_seed_runs_in_a_world_of_its_own()
    {
        List<SimulatedWorld> worlds = [];
        using Sample sample = await Sample.RunAsync<WorldSamples>(
            nameof(WorldSamples.Collects),
            null,
            worlds,
            new TestOutputHelper()
        );

        sample.Passed.ShouldBeTrue();
        worlds.Distinct().Count().ShouldBe(5);
        FirstChoices(worlds).ShouldBe(FirstChoices([40, 41, 42, 43, 44]));
        worlds.ShouldAllBe(world => world.Faults == FaultProfiles.Calm);
    }

    [Fact]
    public async Task The_last_seeds_can_be_run()
    {
        List<SimulatedWorld> worlds = [];
        using Sample sample = await Sample.RunAsync<WorldSamples>(
            nameof(WorldSamples.CollectsUpToTheEnd),
            null,
            worlds,
            new TestOutputHelper()
        );

        sample.Passed.ShouldBeTrue();
        FirstChoices(worlds)
            .ShouldBe(FirstChoices([.. Enumerable.Range(0, 5).Select(next => ulong.MaxValue - 4 + (ulong)next)]));
    }

    [Fact]
    public async Task Each_seed_gets_a_new_instance_whose_whole_life_is_inside()
    {
        List<string> log = [];
        using Sample sample = await Sample.RunAsync<LifeSamples>(nameof(LifeSamples.Lives), null, log);

        sample.Passed.ShouldBeTrue();
        string[] life =
        [
            "constructor, inside",
            "initialise, inside",
            "method at 01:00, inside",
            "dispose async, inside",
            "dispose, inside",
        ];
        log.ShouldBe([.. life, .. life]);
    }

    [Fact]
    public async Task An_instance_whose_run_was_cut_short_is_still_disposed()
    {
        List<string> log = [];
        using Sample sample = await Sample.RunAsync<LifeSamples>(nameof(LifeSamples.HangsOn), null, log);

        sample.Summary.Failed.ShouldBe(1);
        string[] life = ["constructor, inside", "initialise, inside", "dispose, outside"];
        // And the same once more, in the second run that finds out who waits for what.
        log.ShouldBe([.. life, .. life]);
    }

    [Fact]
    public async Task What_the_test_writes_is_its_output()
    {
        using Sample sample = await Sample.RunAsync<WorldSamples>(
            nameof(WorldSamples.Collects),
            null,
            new List<SimulatedWorld>(),
            new TestOutputHelper()
        );

        sample.Output.ShouldBe(string.Concat(Enumerable.Range(1, 5).Select(run => $"run {run}{Environment.NewLine}")));
    }

    [Fact]
    public void A_test_case_survives_serialisation()
    {
        IXunitTestCase testCase = Sample.Discover<FailingSamples>(
            nameof(FailingSamples.FailsNowAndThen),
            new SimulationSettings(),
            null,
            new RecordingBus()
        );

        IXunitTestCase copy = SerializationHelper.Deserialize<IXunitTestCase>(SerializationHelper.Serialize(testCase));

        copy.ShouldBeOfType<SimulationTestCase>();
        copy.UniqueID.ShouldBe(testCase.UniqueID);
        copy.DisplayName.ShouldBe(testCase.DisplayName);
    }

    private static int[] FirstChoices(IEnumerable<SimulatedWorld> worlds) =>
        [.. worlds.Select(world => world.Choices.Recorded[0].Chosen)];

    private static int[] FirstChoices(IEnumerable<ulong> seeds) =>
        [.. seeds.Select(seed => new RandomStrategy(seed).Choose(ChoiceKind.Random, 1000))];
}
