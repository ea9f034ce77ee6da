namespace Deterministic.Simulation.Tool.Tests;

public sealed class TraceJsonFileTests
{
    [Fact]
    public async Task A_run_writes_its_events_as_JSON_Lines_and_a_replay_writes_the_same()
    {
        using Detsim detsim = new();
        Outcome run = await detsim.RunAsync("run", "chat-broken", "--seed", "1", "--trace-json", "run.jsonl");
        Outcome replay = await detsim.RunAsync(
            "replay",
            ".detsim/chat-broken-lossy-wan-1.tape",
            "--trace-json",
            "replay.jsonl"
        );

        run.ExitCode.ShouldBe(1);
        replay.ExitCode.ShouldBe(1);
        string written = await File.ReadAllTextAsync(detsim.PathOf("run.jsonl"));
        (await File.ReadAllTextAsync(detsim.PathOf("replay.jsonl"))).ShouldBe(written);
        List<HashedTraceEvent> events = [.. TraceJson.Read(new StringReader(written))];
        events.ShouldContain(happened => happened.Event.Kind == TraceKind.Violation);
        run.TraceHash.ShouldBe($"trace hash {events[^1].Hash:x16}");
    }

    [Fact]
    public async Task The_story_is_told_only_if_it_is_asked_for()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Sound] };

        Outcome silent = await detsim.RunAsync("run", "sound", "--seed", "1", "--trace-json", "file");
        Outcome told = await detsim.RunAsync("run", "sound", "--seed", "1", "--trace-json", "file", "--trace");

        silent.Output.ShouldNotContain("note");
        told.Output.ShouldContain("note: drawn ");
    }

    [Fact]
    public async Task A_run_on_real_sockets_writes_what_its_scenario_notes()
    {
        using Detsim detsim = new() { Scenarios = [MadeUp.Sound] };

        Outcome outcome = await detsim.RunAsync("run", "sound", "--driver", "sockets", "--trace-json", "file");

        outcome.ExitCode.ShouldBe(0);
        using StreamReader file = File.OpenText(detsim.PathOf("file"));
        TraceJson.Read(file).ToList().ShouldHaveSingleItem().Event.Kind.ShouldBe(TraceKind.Note);
    }

    [Theory]
    [InlineData("missing/file")]
    [InlineData(".")]
    public async Task A_file_that_cannot_be_written_is_told_before_the_run(string file)
    {
        using Detsim detsim = new()
        {
            Scenarios = [new AdHocScenario("never", _ => throw new InvalidOperationException())],
        };

        Outcome outcome = await detsim.RunAsync("run", "never", "--seed", "1", "--trace-json", file);

        outcome.ExitCode.ShouldBe(2);
        outcome.Output.ShouldBeEmpty();
        outcome.Error.ShouldStartWith($"detsim: cannot write '{file}': ");
    }
}
