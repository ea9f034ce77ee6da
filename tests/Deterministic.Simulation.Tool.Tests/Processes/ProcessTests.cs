namespace Deterministic.Simulation.Tool.Tests;

public sealed class ProcessTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("detsim-tests-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task A_seed_has_the_same_trace_hash_in_another_process()
    {
        using Detsim here = new();

        Outcome elsewhere = await DetsimProcess.RunAsync(_directory, "run", "chat", "--seed", "42");

        elsewhere.ExitCode.ShouldBe(0);
        elsewhere.TraceHash.ShouldBe((await here.RunAsync("run", "chat", "--seed", "42")).TraceHash);
    }

    [Fact]
    public async Task A_saved_tape_fails_alike_in_other_processes_three_times_out_of_three()
    {
        Outcome run = await DetsimProcess.RunAsync(_directory, "run", "chat-broken", "--seeds", "20");
        run.ExitCode.ShouldBe(1);
        string tape = Path.Combine(".detsim", "chat-broken-lossy-wan-1.tape");

        HashSet<string> outputs = [];
        for (int time = 0; time < 3; time++)
        {
            Outcome replay = await DetsimProcess.RunAsync(_directory, "replay", tape);
            replay.ExitCode.ShouldBe(1);
            replay.OutputLines[^1].ShouldBe("It failed in the same way: same finding, same trace.");
            outputs.Add(replay.Output);
        }

        outputs.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_replay_command_that_is_printed_works_as_printed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Outcome run = await DetsimProcess.RunAsync(
            _directory,
            "run",
            "chat-broken",
            "--seed",
            "1",
            "--out",
            "my tapes"
        );
        string command = run.OutputLines.Single(line => line.Contains(" replay ", StringComparison.Ordinal)).Trim();

        Outcome replay = await DetsimProcess.ShellAsync(_directory, command);

        replay.ExitCode.ShouldBe(1);
        replay.OutputLines[^1].ShouldBe("It failed in the same way: same finding, same trace.");
    }

    [Fact]
    public async Task Bad_usage_is_one_line_on_the_error_stream()
    {
        Outcome outcome = await DetsimProcess.RunAsync(_directory, "run", "chatt");

        outcome.ExitCode.ShouldBe(2);
        outcome.Output.ShouldBeEmpty();
        outcome
            .Error.ReplaceLineEndings("\n")
            .ShouldBe("detsim: unknown scenario 'chatt': did you mean 'chat'? Known: chat, chat-broken, echo.\n");
    }
}
