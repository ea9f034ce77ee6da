namespace Deterministic.Simulation.Tool;

/// <summary><c>detsim replay</c>, once it is known which file.</summary>
internal sealed class ReplayAction(ToolEnvironment environment, ScenarioNames scenarios)
{
    public int Run(string file, Recording recording)
    {
        Tape tape = TapeFile.Load(environment, file);
        TapeHeader header = tape.Header;
        Scenario scenario = scenarios.Get(header.Scenario);
        recording.Open($"{header.Scenario} under {header.Faults}, seed {header.Seed}, replayed");
        SimulationOptions options = new()
        {
            Faults = FaultNames.Of(header),
            KeepTrace = recording.KeepsTrace,
            Capture = recording.Capture,
            Limits = ToolLimits.Default,
        };
        environment.Say(
            Tone.Title,
            $"{header.Scenario} under {options.Faults}, seed {header.Seed}, {Words.Count(tape.Choices.Count, "recorded decision")}"
        );
        ReplayedRun replayed = SimulationRunner.Replay(scenario, tape, options);
        recording.Write(replayed.Run.Trace);
        environment.Say();
        Print(tape, replayed);
        return replayed.Run.Finding is null ? ExitCodes.NothingFound : ExitCodes.Found;
    }

    private void Print(Tape tape, ReplayedRun replayed)
    {
        SimulationRun run = replayed.Run;
        if (run.Finding is { Property: BuiltInProperties.TapeFits } divergence)
        {
            environment.Say(
                Tone.Bad,
                "The program has changed since the recording: it no longer takes the decisions of this tape."
            );
            environment.Say(OneLine.Of(divergence.Detail));
            environment.Say($"The tape was recorded with {ReplayVerdict.Recorded(tape)}.");
            return;
        }

        if (run.Finding is { } finding)
        {
            environment.Say(
                Tone.Bad,
                $"{finding.Property} at {Words.Seconds(finding.Time)} of virtual time: {OneLine.Of(finding.Detail)}"
            );
            WaiterReport.Print(environment, finding);
        }
        else
        {
            environment.Say(Tone.Good, "Nothing found.");
        }

        environment.Say($"trace hash {run.Trace.Hash:x16}");
        environment.Say(ReplayVerdict.Of(tape, replayed));
    }
}
