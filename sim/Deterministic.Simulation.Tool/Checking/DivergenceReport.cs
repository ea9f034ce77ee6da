namespace Deterministic.Simulation.Tool;

/// <summary>Shows where two runs of one seed part, from both sides, and what came before.</summary>
internal sealed class DivergenceReport(ToolEnvironment environment, CheckRequest request)
{
    public void Print(ulong seed, Divergence? divergence)
    {
        if (divergence is null)
        {
            environment.Say(
                Tone.Bad,
                $"Seed {seed} differed, and did not when it was run again to be shown: something outlives a run or comes from outside, a static field or the real time, say."
            );
        }
        else
        {
            PrintWhere(seed, divergence);
            PrintEndings(divergence);
        }

        environment.Say();
        environment.Say($"The faults: {request.Faults}, {request.Faults.Description}.");
        environment.Say("Again:");
        string faults = string.Join(' ', FaultOptions.Asking(request.Faults).Select(Shell.Quote));
        environment.Say($"  {environment.Command} check {Shell.Quote(request.Scenario.Name)} {faults} --seed {seed}");
    }

    private void PrintWhere(ulong seed, Divergence divergence)
    {
        string runs = $"Seed {seed}, run here and {divergence.SecondRun}";
        int shared = divergence.Traces.Shared;
        if (divergence.Traces.IsNone)
        {
            environment.Say(
                Tone.Bad,
                $"{runs}: all {Words.Count(shared, "event")} are the same, and yet the runs are not:"
            );
            return;
        }

        environment.Say(Tone.Bad, $"{runs}: the traces part at event {Words.Number(shared + 1)}.");
        environment.Say();
        foreach (string line in divergence.Traces.Lines("here", divergence.SecondRun))
        {
            environment.Say(line);
        }
    }

    private void PrintEndings(Divergence divergence)
    {
        if (!string.Equals(divergence.First.Ending, divergence.Second.Ending, StringComparison.Ordinal))
        {
            environment.Say();
            environment.Say($"here: {divergence.First.Ending}");
            environment.Say($"{divergence.SecondRun}: {divergence.Second.Ending}");
        }
    }
}
