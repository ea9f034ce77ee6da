namespace Deterministic.Simulation.Tool;

/// <summary>The one-line summary of many runs.</summary>
internal static class Summary
{
    public static string Of(Exploration exploration, RunRequest request)
    {
        string found =
            exploration.IsClean ? "nothing found"
            : exploration.Failed is not null
                ? $"{Format.Number(exploration.Found)} failed, and the simulator itself failed"
            : exploration.Found == 0 ? "a property held in no run"
            : $"{Format.Number(exploration.Found)} failed";
        string runs =
            exploration.Runs == request.Seeds.Count
                ? Format.Count(exploration.Runs, "run")
                : $"{Format.Number(exploration.Runs)} of {Format.Count(request.Seeds.Count, "run")}";
        string took = $"{runs} in {Format.Duration(exploration.Elapsed)}";
        if (!request.Driver.IsSimulated)
        {
            return $"{took}: {found}.";
        }

        string simulated = $"{Format.Duration(exploration.WorldTime)} of virtual time";
        string decisions = Format.Count(exploration.Decisions, "decision");
        double seconds = exploration.Elapsed.TotalSeconds;
        if (exploration.Runs <= 1 || seconds <= 0)
        {
            // A single run says nothing about speed: most of its time is start-up.
            return $"{took}: {found}; {simulated}, {decisions}.";
        }

        string faster = $"{Format.Number(exploration.WorldTime.TotalSeconds / seconds)} times as fast as the clock";
        return $"{took} ({Format.Number(exploration.Runs / seconds)}/s): {found}; {simulated} ({faster}), {decisions}.";
    }
}
