namespace Deterministic.Simulation.Tool.Tests;

public sealed class BadUsageTests
{
    public static TheoryData<string, string> BadCommandLines =>
        new()
        {
            { "", "a command is missing: list, faults, run, replay, check, demo" },
            { "rnu chat", "unknown command 'rnu': did you mean 'run'? Known: list, faults, run, replay, check, demo." },
            { "frobnicate", "unknown command 'frobnicate'. Known: list, faults, run, replay, check, demo." },
            { "--sed 1", "unknown option '--sed'" },
            { "@file", "unknown command '@file'" },
            { "list --seed 1", "unknown option '--seed'" },
            { "demo twice", "'twice' is one argument too many" },
            { "run", "'run' requires SCENARIO" },
            { "run --seed 1", "'run' requires SCENARIO" },
            { "run chat echo", "'echo' is one argument too many" },
            { "run chatt", "unknown scenario 'chatt': did you mean 'chat'? Known: chat, chat-broken, echo." },
            { "run cha\nt", "unknown scenario 'cha\\u000at'" },
            { "run chat --sede 3", "unknown option '--sede': did you mean '--seed'?" },
            { "run chat --seed", "--seed requires S" },
            { "run chat --seed one", "--seed takes a number from 0 to 18446744073709551615, not 'one'." },
            { "run chat --seed -1", "not '-1'" },
            { "run chat --seed 18446744073709551616", "not '18446744073709551616'" },
            { "run chat --seed 1 --seed 2", "--seed is given more than once" },
            { "run chat --seed 1 --seeds 2", "exclude each other" },
            { "run chat --seeds 0", "--seeds takes a number from 1 to 100000000, not '0'." },
            { "run chat --seeds 1e3", "not '1e3'" },
            { "run chat --seeds 100000001", "not '100000001'" },
            { "run chat --trace", "--trace prints the events of a single run" },
            { "run chat --trace-json file", "--trace-json writes the events of a single run: choose it with --seed." },
            { "run chat --pcap file", "--pcap writes the packets of a single run: choose it with --seed." },
            { "run chat --driver sockets --pcap file", "--pcap is for the simulated network only" },
            { "run chat --trace-json", "--trace-json requires FILE" },
            {
                "run chat --driver socket",
                "unknown driver 'socket': did you mean 'sockets'? Known: simulated, sockets."
            },
            { "run chat --driver sockets --faults clam", "unknown fault profile 'clam': did you mean 'calm'?" },
            { "run chat --driver sockets --out tapes", "--out is for the simulated network only" },
            {
                "run chat --faults lossywan",
                "unknown fault profile 'lossywan': did you mean 'lossy-wan'? Known: calm, lossy-wan,"
            },
            { "run chat --fault", "--fault requires RULE" },
            { "run chat --fault rest", "unknown fault 'rest': did you mean 'reset'? Known: refused, hang," },
            { "run chat --fault reset --fault jitter", "--fault 'jitter': In the fault 'jitter': say how long" },
            { "run chat --fault window", "say how much, with amount=N (bytes)." },
            { "run chat --driver sockets --fault loss", "--fault 'loss': loss is for the simulated network only" },
            { "faults twice", "'twice' is one argument too many" },
            { "run chat --out=", "--out requires DIRECTORY" },
            { "run chat --out file", "cannot write tapes into 'file'" },
            { "run chat --out file/below", "cannot write tapes into 'file/below'" },
            { "check", "'check' requires SCENARIO" },
            { "check chat --seeds 0", "--seeds takes a number from 1" },
            { "check chat --faults lossywan", "unknown fault profile 'lossywan': did you mean 'lossy-wan'?" },
            { "check chat --fault", "--fault requires RULE" },
            { "check chat --fault rest", "unknown fault 'rest': did you mean 'reset'? Known: refused, hang," },
            { "check chat --fault reset --fault jitter", "--fault 'jitter': In the fault 'jitter': say how long" },
            { "check chat --trace", "unknown option '--trace'" },
            { "replay", "'replay' requires FILE" },
            { "replay missing.tape", "there is no file 'missing.tape'." },
            { "replay missing/folder.tape", "there is no file 'missing/folder.tape'." },
            { "replay .", "'.' is a directory, not a tape." },
            { "replay file", "'file' is not a usable tape: line 1:" },
        };

    [Theory]
    [MemberData(nameof(BadCommandLines))]
    public async Task Bad_usage_gets_one_line_and_exit_code_2(string arguments, string expected)
    {
        using Detsim detsim = new();
        await File.WriteAllTextAsync(detsim.PathOf("file"), "not a tape\n");

        Outcome outcome = await detsim.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        outcome.ExitCode.ShouldBe(2);
        outcome.Output.ShouldBeEmpty();
        outcome.Error.ShouldStartWith("detsim: ");
        outcome.Error.ShouldContain(expected);
        outcome.Error.TrimEnd('\n').ShouldNotContain('\n');
    }

    [Fact]
    public async Task An_error_in_detsim_itself_gets_one_line_too_and_exit_code_70()
    {
        using Detsim detsim = new() { Scenarios = [new NamelessScenario()] };

        Outcome outcome = await detsim.RunAsync("list");

        outcome.ExitCode.ShouldBe(70);
        outcome.Error.ShouldBe(
            "detsim: an error in detsim itself, please report it along with the command: NotSupportedException: No\\u000aname.\n"
        );
    }

    private sealed class NamelessScenario : Scenario
    {
        public override string Name => throw new NotSupportedException("No\nname.");

        public override string Description => "made up by a test";

        public override Task RunAsync(ScenarioWorld world) => Task.CompletedTask;
    }
}
