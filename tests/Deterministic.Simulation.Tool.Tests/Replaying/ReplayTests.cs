using Deterministic.Exploration;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool.Tests;

public sealed class ReplayTests : IDisposable
{
    private readonly Detsim _recorder = new() { Scenarios = [MadeUp.Flaky] };

    public void Dispose() => _recorder.Dispose();

    [Fact]
    public async Task A_tape_fails_alike()
    {
        string tape = await RecordAsync();

        Outcome outcome = await ReplayAsync(MadeUp.Flaky, tape);

        outcome.ExitCode.ShouldBe(1);
        outcome.Error.ShouldBeEmpty();
        outcome.Output.ShouldContain("no-multiple-of-three at ");
        outcome.OutputLines[^1].ShouldBe("It failed in the same way: same finding, same trace.");
    }

    [Fact]
    public async Task A_tape_tells_its_story()
    {
        string tape = await RecordAsync();

        Outcome outcome = await ReplayAsync(MadeUp.Flaky, tape, "--trace");

        outcome.Output.ShouldContain("note: drawn ");
        outcome.Output.ShouldContain("VIOLATION: no-multiple-of-three");
    }

    [Fact]
    public async Task A_tape_without_a_finding_ends_alike_with_exit_code_0()
    {
        string tape = _recorder.PathOf("sound.tape");
        SimulationRunner.Run(MadeUp.Sound, 1).Tape.Save(tape);

        Outcome outcome = await ReplayAsync(MadeUp.Sound, tape);

        outcome.ExitCode.ShouldBe(0);
        outcome.Output.ShouldContain("Nothing found.");
        outcome.OutputLines[^1].ShouldBe("The result is the same: same trace.");
    }

    [Fact]
    public async Task A_repaired_bug_is_not_found_again_which_is_not_as_recorded()
    {
        string tape = await RecordAsync();

        Outcome outcome = await ReplayAsync(MadeUp.FlakyRepaired, tape);

        outcome.ExitCode.ShouldBe(1);
        outcome.OutputLines[1].ShouldStartWith("NOT AS RECORDED: ");
        outcome.Output.ShouldContain("Nothing found.");
        outcome
            .OutputLines[^1]
            .ShouldStartWith("The result is NOT the same: the tape was recorded with the finding no-multiple-of-three");
    }

    [Fact]
    public async Task A_divergence_is_told_with_both_sides()
    {
        string tape = await RecordAsync();

        Outcome outcome = await ReplayAsync(MadeUp.FlakyRewritten, tape);

        outcome.ExitCode.ShouldBe(1);
        outcome
            .OutputLines[1]
            .ShouldStartWith(
                "NOT AS RECORDED: the replay did not end as its tape says. The program has changed since, "
            );
        outcome.Output.ShouldMatch(
            "the tape holds 'random \\d+/100', the run asks for 'random' with 1000 alternatives"
        );
        outcome.Output.ShouldContain("recorded with the finding no-multiple-of-three and the trace hash ");
        outcome.Output.ShouldContain("The traces part at event 1, which in the replay is:\n> ");
    }

    [Fact]
    public async Task A_changed_byte_makes_a_tape_unusable()
    {
        string tape = await RecordAsync();
        string text = await File.ReadAllTextAsync(tape);
        await File.WriteAllTextAsync(
            tape,
            text.Replace("\nseed 1", "\nseed 2", StringComparison.Ordinal)
                .Replace("random ", "random 0/100 ", StringComparison.Ordinal)
        );

        await ShouldBeRefusedAsync(MadeUp.Flaky, tape, "is not a usable tape: line ");
    }

    [Fact]
    public async Task A_tape_cut_short_is_unusable()
    {
        string tape = await RecordAsync();
        string text = await File.ReadAllTextAsync(tape);
        await File.WriteAllTextAsync(tape, text[..(text.Length / 2)]);

        await ShouldBeRefusedAsync(MadeUp.Flaky, tape, "is not a usable tape: line ");
    }

    [Fact]
    public async Task A_tape_of_an_unknown_scenario_is_refused()
    {
        string tape = await RecordAsync();

        await ShouldBeRefusedAsync(MadeUp.Sound, tape, "unknown scenario 'flaky'. Known: sound.");
    }

    [Theory]
    [InlineData("KvTests.KvSimTests.Kv_one_read_is_one_message")]
    [InlineData("Tests.Outer+Inner.Claim")]
    public async Task A_tape_of_a_test_is_refused_with_the_command_that_replays_it(string test)
    {
        string tape = _recorder.PathOf("of a test.tape");
        Tape recorded = SimulationRunner.Run(MadeUp.Sound, 1).Tape;
        new Tape(recorded.Header with { Scenario = test }, recorded.Choices).Save(tape);

        await ShouldBeRefusedAsync(
            MadeUp.Sound,
            tape,
            $"'{tape}' is the tape of the test '{test}', not of a scenario of detsim. To replay it, set DETERMINISTIC_TAPE to "
                + $"{Path.GetFullPath(tape)} and run: dotnet test --filter \"FullyQualifiedName={test}\""
        );
    }

    [Fact]
    public async Task A_tape_of_an_unknown_fault_profile_is_refused()
    {
        string tape = _recorder.PathOf("home-made.tape");
        SimulationOptions options = new() { Faults = FaultProfiles.Calm with { Name = "home-made" } };
        SimulationRunner.Run(MadeUp.Sound, 1, options).Tape.Save(tape);

        await ShouldBeRefusedAsync(MadeUp.Sound, tape, "unknown fault profile 'home-made'. Known: calm, ");
    }

    private async Task<string> RecordAsync()
    {
        await _recorder.RunAsync("run", "flaky");
        return Directory.EnumerateFiles(_recorder.PathOf(".detsim")).Order(StringComparer.Ordinal).First();
    }

    private static async Task<Outcome> ReplayAsync(Scenario scenario, string tape, params string[] options)
    {
        using Detsim detsim = new() { Scenarios = [scenario] };
        return await detsim.RunAsync(["replay", tape, .. options]);
    }

    private static async Task ShouldBeRefusedAsync(Scenario scenario, string tape, string expected)
    {
        Outcome outcome = await ReplayAsync(scenario, tape);

        outcome.ExitCode.ShouldBe(2);
        outcome.Output.ShouldBeEmpty();
        outcome.Error.ShouldContain(expected);
        outcome.Error.TrimEnd('\n').ShouldNotContain('\n');
    }
}
