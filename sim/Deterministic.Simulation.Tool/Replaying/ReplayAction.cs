using Deterministic.Exploration;

namespace Deterministic.Simulation.Tool;

/// <summary>Runs <c>detsim replay</c>.</summary>
internal sealed class ReplayAction(ToolEnvironment environment, ScenarioNames scenarios)
{
    public int Run(string file, Recording recording)
    {
        using TapeFile input = new(environment, file);
        Tape tape = input.Read();
        TapeHeader header = tape.Header;
        Scenario scenario =
            scenarios.Find(header.Scenario)
            ?? (
                RunTape.IsOfTest(header)
                    ? throw new UsageException(input.IsOfTest(header.Scenario))
                    : scenarios.Get(header.Scenario)
            );
        recording.Open(
            $"{header.Scenario} under {header.Faults}, seed {header.Seed}, replayed",
            (input.Path, "the tape to replay")
        );
        SimulationOptions options = new()
        {
            Faults = FaultNames.Of(header),
            KeepTrace = true,
            Limits = ToolLimits.Default,
        };
        environment.WriteLine(
            Tone.Title,
            $"{header.Scenario} under {options.Faults}, seed {header.Seed}, {Format.Count(tape.Choices.Count, "recorded decision")}"
        );
        ReplayedRun replayed = SimulationRunner.Replay(scenario, tape, options with { Capture = recording.Capture });
        UsageException? unwritten = Record(recording, replayed.Run.Trace);
        environment.WriteLine();
        bool alike = replayed is { EndedAlike: true, TapeUsedUp: true };
        if (!alike)
        {
            Print(ReplayVerdict.Doubts(scenario, tape, replayed, options));
        }

        Print(tape, replayed, recording);
        if (replayed.Run.Finding is { Property: BuiltInProperties.SimulatorError } failed)
        {
            throw new SimulatorException($"seed {header.Seed}: {failed.Detail}");
        }

        return unwritten is not null ? throw unwritten
            : alike && replayed.Run.Finding is null ? ExitCodes.NothingFound
            : ExitCodes.Found;
    }

    /// <returns>The error if the recording could not be written: the result of the replay is reported anyway.</returns>
    private static UsageException? Record(Recording recording, Trace trace)
    {
        try
        {
            recording.Write(trace);
            return null;
        }
        catch (UsageException error)
        {
            return error;
        }
    }

    private void Print(IEnumerable<string> doubts)
    {
        Tone? tone = Tone.Bad;
        foreach (string line in doubts)
        {
            if (tone is { } first)
            {
                environment.WriteLine(first, TextEscaper.Of(line));
            }
            else
            {
                environment.WriteLine(TextEscaper.Of(line));
            }

            tone = null;
        }

        environment.WriteLine();
    }

    private void Print(Tape tape, ReplayedRun replayed, Recording recording)
    {
        SimulationRun run = replayed.Run;
        if (run.Finding is { } finding)
        {
            environment.WriteLine(Tone.Bad, FailureReport.Headline(finding, run));
            FailureReport.Print(environment, run, withEvents: !recording.PrintsEvents);
            WaiterReport.Print(environment, finding);
        }
        else
        {
            environment.WriteLine(Tone.Good, "Nothing found.");
        }

        environment.WriteLine($"trace hash {run.Trace.Hash:x16}");
        environment.WriteLine(ReplayVerdict.Of(tape, replayed));
    }
}
