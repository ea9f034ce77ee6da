namespace Deterministic.Simulation.Tool;

/// <summary>Prints the first event at which two runs of one seed differ, from both runs, and the events before it.</summary>
internal sealed class DivergenceReport(ToolEnvironment environment, CheckRequest request)
{
    public void Print(ulong seed, Divergence? divergence)
    {
        if (divergence is null)
        {
            environment.WriteLine(
                Tone.Bad,
                $"Seed {seed} differed in the check, but not when it was run again to show the difference: the program depends on state outside a run, such as a static field or the real time."
            );
        }
        else
        {
            PrintWhere(seed, divergence);
            PrintSignatures(divergence);
        }

        environment.WriteLine();
        environment.WriteLine($"Faults: {request.Faults}, {request.Faults.Description}.");
        environment.WriteLine("To repeat:");
        string faults = string.Join(' ', FaultOptions.ArgumentsFor(request.Faults).Select(Shell.Quote));
        environment.WriteLine(
            $"  {environment.Command} check {Shell.Quote(request.Scenario.Name)} {faults} --seed {seed}"
        );
    }

    private void PrintWhere(ulong seed, Divergence divergence)
    {
        string runs = $"Seed {seed}, run here and {divergence.SecondRun}";
        int shared = divergence.Traces.Shared;
        if (divergence.Traces.IsNone)
        {
            environment.WriteLine(
                Tone.Bad,
                $"{runs}: all {Format.Count(shared, "event")} are the same, but the runs differ:"
            );
            return;
        }

        environment.WriteLine(Tone.Bad, $"{runs}: the traces part at event {Format.Number(shared + 1)}.");
        environment.WriteLine();
        foreach (string line in divergence.Traces.Lines("here", divergence.SecondRun))
        {
            environment.WriteLine(line);
        }
    }

    private void PrintSignatures(Divergence divergence)
    {
        if (!string.Equals(divergence.First.Signature, divergence.Second.Signature, StringComparison.Ordinal))
        {
            environment.WriteLine();
            environment.WriteLine($"here: {divergence.First.Signature}");
            environment.WriteLine($"{divergence.SecondRun}: {divergence.Second.Signature}");
        }
    }
}
