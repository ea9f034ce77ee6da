namespace Deterministic.Simulation.Tool;

/// <summary>Shows where two runs of one seed part, from both sides, and what came before.</summary>
internal sealed class DivergenceReport(ToolEnvironment environment, CheckRequest request)
{
    private const int Before = 5;
    private const string Nothing = "no event: it ends here";

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
        if (divergence.IsInEndingOnly)
        {
            string events = Words.Count(divergence.Shared, "event");
            environment.Say(Tone.Bad, $"{runs}: all {events} are the same, and yet the runs are not:");
            return;
        }

        int first = Math.Max(0, divergence.Shared - Before);
        TraceEvent[] shared = [.. divergence.First.Events.Take(divergence.Shared).Skip(first).Select(e => e.Event)];
        TraceEvent[] one = [.. divergence.First.Events.Skip(divergence.Shared).Take(1).Select(e => e.Event)];
        TraceEvent[] other = [.. divergence.Second.Events.Skip(divergence.Shared).Take(1).Select(e => e.Event)];
        string[] lines = StoryLines.Of([.. shared, .. one, .. other]);
        string number = Words.Number(divergence.Shared + 1);
        environment.Say(Tone.Bad, $"{runs}: the traces part at event {number}.");
        environment.Say();
        for (int i = 0; i < shared.Length; i++)
        {
            environment.Say($"  {Number(first + i + 1, number)}  {lines[i]}");
        }

        environment.Say($"here, of {Words.Count(divergence.First.Events.Count, "event")}:");
        environment.Say($"> {number}  {(one.Length > 0 ? lines[shared.Length] : Nothing)}");
        environment.Say($"{divergence.SecondRun}, of {Words.Count(divergence.Second.Events.Count, "event")}:");
        environment.Say($"> {number}  {(other.Length > 0 ? lines[^1] : Nothing)}");
        if (one is [var mine] && other is [var theirs] && mine == theirs)
        {
            environment.Say();
            environment.Say("The event is the same, and the bytes that it carries are not.");
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

    private static string Number(int number, string widest) => Words.Number(number).PadLeft(widest.Length);
}
