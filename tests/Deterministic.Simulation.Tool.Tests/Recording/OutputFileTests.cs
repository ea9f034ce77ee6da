using System.Diagnostics;
using Deterministic.Exploration;

namespace Deterministic.Simulation.Tool.Tests;

/// <summary>No output of a command may be one of its inputs, or another of its outputs, under whatever name; and what cannot be written is bad usage.</summary>
public sealed class OutputFileTests : IDisposable
{
    private const string Tape = "t.tape";
    private readonly Detsim _detsim = new() { Scenarios = [MadeUp.Sound, MadeUp.Flaky] };

    public OutputFileTests() => SimulationRunner.Run(MadeUp.Sound, 1).Tape.Save(_detsim.PathOf(Tape));

    public static TheoryData<string, string> Names
    {
        get
        {
            TheoryData<string, string> names = [];
            foreach (string option in (string[])["--pcap", "--trace-json"])
            {
                foreach (
                    string name in (string[])
                        [Tape, "./t.tape", "folder/../t.tape", "symbolic", "folder/symbolic", "linked/t.tape", "hard"]
                )
                {
                    names.Add(option, name);
                }
            }

            return names;
        }
    }

    public void Dispose() => _detsim.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_replay_never_writes_over_its_tape(string option, string name)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        byte[] before = await File.ReadAllBytesAsync(_detsim.PathOf(Tape));
        await LinkAsync();

        Outcome outcome = await _detsim.RunAsync("replay", Tape, option, name);

        outcome.ExitCode.ShouldBe(2);
        outcome.Output.ShouldBeEmpty();
        outcome.Error.ShouldStartWith($"detsim: cannot write '{name}': it is ");
        (await File.ReadAllBytesAsync(_detsim.PathOf(Tape))).ShouldBe(before);
    }

    [Theory]
    [InlineData("out", "out")]
    [InlineData("out", "./out")]
    [InlineData("out", "folder/../out")]
    public async Task Two_outputs_are_never_one_file_and_nothing_is_left_behind(string packets, string events)
    {
        Directory.CreateDirectory(_detsim.PathOf("folder"));

        Outcome outcome = await _detsim.RunAsync(
            "run",
            "sound",
            "--seed",
            "1",
            "--pcap",
            packets,
            "--trace-json",
            events
        );

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldBe(
            $"detsim: cannot write '{packets}': it is the file of --trace-json; name another file.\n"
        );
        File.Exists(_detsim.PathOf("out")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_keeps_its_content_if_another_one_cannot_be_written()
    {
        await File.WriteAllTextAsync(_detsim.PathOf("old"), "as it was");

        Outcome outcome = await _detsim.RunAsync("replay", Tape, "--trace-json", "old", "--pcap", "missing/file");

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith("detsim: cannot write 'missing/file': ");
        (await File.ReadAllTextAsync(_detsim.PathOf("old"))).ShouldBe("as it was");
    }

    [Fact]
    public async Task The_file_of_an_output_is_never_where_the_tape_of_the_run_goes()
    {
        Outcome outcome = await _detsim.RunAsync([
            "run",
            "flaky",
            "--seed",
            "3",
            "--out",
            "tapes",
            "--pcap",
            "tapes/flaky-lossy-wan-3.tape",
        ]);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldContain("it is the tape of the run; name another file.");
        Directory.Exists(_detsim.PathOf("tapes")).ShouldBeFalse();
    }

    [Fact]
    public async Task An_older_and_longer_file_is_replaced()
    {
        await File.WriteAllTextAsync(_detsim.PathOf("old"), new string('x', 100_000));

        (await _detsim.RunAsync("replay", Tape, "--trace-json", "old")).ExitCode.ShouldBe(0);

        using StreamReader file = File.OpenText(_detsim.PathOf("old"));
        TraceJson.Read(file).Count().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("--pcap", "run flaky --seed 3")]
    [InlineData("--trace-json", "run flaky --seed 3")]
    [InlineData("--pcap", "replay t.tape")]
    [InlineData("--trace-json", "replay t.tape")]
    public async Task A_full_disk_is_bad_usage_and_the_run_is_still_reported(string option, string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Outcome outcome = await _detsim.RunAsync([.. command.Split(' '), option, "/dev/full"]);

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith("detsim: cannot write '/dev/full': No space left on device");
        if (option == "--trace-json")
        {
            outcome.Output.ShouldContain(
                command.StartsWith("run", StringComparison.Ordinal) ? "69 is one." : "trace hash "
            );
        }
    }

    [Fact]
    public async Task A_device_may_take_several_outputs()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Outcome outcome = await _detsim.RunAsync("replay", Tape, "--pcap", "/dev/null", "--trace-json", "/dev/null");

        outcome.Error.ShouldBeEmpty();
        outcome.ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("list")]
    [InlineData("--help")]
    [InlineData("faults")]
    [InlineData("run echo --seed 1 --trace")]
    public async Task A_standard_output_that_takes_nothing_is_bad_usage(string command)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Outcome outcome = await DetsimProcess.ShellAsync(
            new DirectoryInfo(_detsim.WorkingDirectory),
            $"dotnet {DetsimProcess.File} {command} > /dev/full"
        );

        outcome.ExitCode.ShouldBe(2);
        outcome.Error.ShouldStartWith("detsim: cannot write to the standard output: No space left on device");
    }

    /// <summary>The tape under other names: by symbolic links of itself and of its folder, and by a hard link.</summary>
    private async Task LinkAsync()
    {
        Directory.CreateDirectory(_detsim.PathOf("folder"));
        File.CreateSymbolicLink(_detsim.PathOf("symbolic"), Tape);
        File.CreateSymbolicLink(_detsim.PathOf("folder/symbolic"), "../symbolic");
        Directory.CreateSymbolicLink(_detsim.PathOf("linked"), _detsim.WorkingDirectory);
        using Process link = Process.Start("ln", [_detsim.PathOf(Tape), _detsim.PathOf("hard")]);
        await link.WaitForExitAsync();
        link.ExitCode.ShouldBe(0);
    }
}
