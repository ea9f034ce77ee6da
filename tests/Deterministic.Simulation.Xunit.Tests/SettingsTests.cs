using System.Globalization;
using Deterministic.Exploration;

namespace Deterministic.Simulation.Xunit.Tests;

public sealed class SettingsTests
{
    private const string Failing = nameof(FailingSamples.FailsNowAndThen);

    [Fact]
    public async Task A_seed_is_run_alone()
    {
        ulong bad = FailureTests.FirstBadSeed();
        using Sample good = await Sample.RunAsync<FailingSamples>(Failing, Seed(bad - 1));
        using Sample failed = await Sample.RunAsync<FailingSamples>(Failing, Seed(bad));

        good.Passed.ShouldBeTrue();
        failed.Message.ShouldStartWith($"Seed {bad} failed at ");
    }

    [Fact]
    public async Task A_tape_is_replayed_to_the_same_end()
    {
        using Sample recorded = await Sample.RunAsync<FailingSamples>(Failing);
        using Sample replayed = await Sample.RunAsync<FailingSamples>(Failing, Tape(recorded.Tapes[0]));

        replayed.Message.ShouldStartWith("The replay of seed ");
        replayed.Message.ShouldContain("This was a replay, and its result is the recorded one.");
        EventsOf(replayed).ShouldBe(EventsOf(recorded));
        replayed.Tapes.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_tape_is_replayed_with_the_rules_that_it_was_recorded_with()
    {
        const string Cut = nameof(FailingSamples.CannotConnect);
        using Sample recorded = await Sample.RunAsync<FailingSamples>(Cut);
        recorded.Message.ShouldContain("with the faults 'calm' and 'hang on=client>server' and 'short-read p=10':");
        recorded.Message.ShouldContain("Connection timed out");

        using Sample replayed = await Sample.RunAsync<FailingSamples>(Cut, Tape(recorded.Tapes[0]));
        replayed.Message.ShouldContain("This was a replay, and its result is the recorded one.");
    }

    [Fact]
    public async Task A_tape_of_rules_that_are_not_known_fails_the_test()
    {
        const string Cut = nameof(FailingSamples.CannotConnect);
        using Sample recorded = await Sample.RunAsync<FailingSamples>(Cut);
        Tape tape = Exploration.Tape.Load(recorded.Tapes[0]);
        Dictionary<string, string> options = new(tape.Header.Options, StringComparer.Ordinal)
        {
            ["faults-rule-001"] = "meteor",
        };
        string altered = Path.Combine(recorded.TapeFolder, "altered.tape");
        new Tape(tape.Header with { Options = options }, tape.Choices).Save(altered);

        using Sample sample = await Sample.RunAsync<FailingSamples>(Cut, Tape(altered));

        sample.Message.ShouldContain("cannot be replayed: There is no fault 'meteor'.");
    }

    [Fact]
    public async Task A_tape_of_another_test_skips_this_one()
    {
        using Sample recorded = await Sample.RunAsync<FailingSamples>(Failing);
        using Sample other = await Sample.RunAsync<FailingSamples>(
            nameof(FailingSamples.NeverEnds),
            Tape(recorded.Tapes[0])
        );

        other.Summary.Skipped.ShouldBe(1);
        other.SkipReason.ShouldContain(Failing);
    }

    [Fact]
    public async Task A_tape_of_a_scenario_skips_the_test_and_says_what_replays_it()
    {
        using Sample recorded = await Sample.RunAsync<FailingSamples>(Failing);
        Tape tape = Exploration.Tape.Load(recorded.Tapes[0]);
        string scenario = Path.Combine(recorded.TapeFolder, "scenario.tape");
        new Tape(tape.Header with { Scenario = "chat-broken" }, tape.Choices).Save(scenario);

        using Sample sample = await Sample.RunAsync<FailingSamples>(Failing, Tape(scenario));

        sample.Summary.Skipped.ShouldBe(1);
        sample.SkipReason.ShouldBe(
            $"DETERMINISTIC_TAPE is a tape of the scenario 'chat-broken', not of a test: replay it with 'detsim replay {scenario}'."
        );
    }

    [Fact]
    public async Task A_tape_that_the_program_no_longer_follows_is_reported()
    {
        using Sample recorded = await Sample.RunAsync<FailingSamples>(Failing);
        Tape tape = Exploration.Tape.Load(recorded.Tapes[0]);
        string altered = Path.Combine(recorded.TapeFolder, "altered.tape");
        new Tape(tape.Header, [new Choice(ChoiceKind.Random, 3, 0), .. tape.Choices.Skip(1)]).Save(altered);

        using Sample replayed = await Sample.RunAsync<FailingSamples>(Failing, Tape(altered));

        replayed.Message.ShouldStartWith("NOT AS RECORDED: the replay did not end as its tape says.");
        replayed.Message.ShouldContain("the tape holds 'random 0/3'");
        replayed.Message.ShouldContain("This was a replay, and its result is NOT the recorded one.");
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("seventeen")]
    [InlineData("18446744073709551616")]
    public async Task A_seed_that_is_none_fails_the_test(string seed)
    {
        using Sample sample = await Sample.RunAsync<FailingSamples>(Failing, new SimulationSettings { Seed = seed });

        sample.Message.ShouldContain(
            $"DETERMINISTIC_SEED is '{seed}'; a seed is a whole number from 0 to 18446744073709551615."
        );
    }

    [Fact]
    public async Task A_tape_that_is_missing_fails_the_test()
    {
        using Sample sample = await Sample.RunAsync<FailingSamples>(Failing, Tape("/no/such.tape"));

        sample.Message.ShouldContain("DETERMINISTIC_TAPE: the tape '/no/such.tape' cannot be replayed");
    }

    [Fact]
    public async Task A_tape_that_is_corrupt_fails_the_test()
    {
        using Sample recorded = await Sample.RunAsync<FailingSamples>(Failing);
        await File.AppendAllTextAsync(recorded.Tapes[0], "more");
        using Sample sample = await Sample.RunAsync<FailingSamples>(Failing, Tape(recorded.Tapes[0]));

        sample.Message.ShouldContain("cannot be replayed");
    }

    [Fact]
    public async Task A_seed_and_a_tape_together_fail_the_test()
    {
        using Sample sample = await Sample.RunAsync<FailingSamples>(
            Failing,
            new SimulationSettings { Seed = "1", Tape = "some.tape" }
        );

        sample.Message.ShouldContain("DETERMINISTIC_SEED and DETERMINISTIC_TAPE are both set");
    }

    private static string EventsOf(Sample sample)
    {
        string events = sample.Message[sample.Message.IndexOf("up to the failure", StringComparison.Ordinal)..];
        return string.Join('\n', events.Split('\n').TakeWhile(line => line.Length > 0).TakeLast(4));
    }

    private static SimulationSettings Seed(ulong seed) => new() { Seed = seed.ToString(CultureInfo.InvariantCulture) };

    private static SimulationSettings Tape(string path) => new() { Tape = path };
}
