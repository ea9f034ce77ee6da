namespace Deterministic.Simulation.Tool;

/// <summary>Many runs in one line.</summary>
internal static class Summary
{
    public static string Of(Exploration exploration, RunRequest request)
    {
        string found =
            exploration.IsClean ? "nothing found"
            : exploration.Failed is not null
                ? $"{Words.Number(exploration.Found)} found something, and the simulator itself failed"
            : exploration.Found == 0 ? "something was never seen"
            : $"{Words.Number(exploration.Found)} found something";
        string runs =
            exploration.Runs == request.Seeds.Count
                ? Words.Count(exploration.Runs, "run")
                : $"{Words.Number(exploration.Runs)} of {Words.Count(request.Seeds.Count, "run")}";
        string took = $"{runs} in {Words.Duration(exploration.Elapsed)}";
        if (!request.Driver.IsSimulated)
        {
            return $"{took}: {found}.";
        }

        string simulated = $"{Words.Duration(exploration.WorldTime)} of virtual time";
        string decisions = Words.Count(exploration.Decisions, "decision");
        double seconds = exploration.Elapsed.TotalSeconds;
        if (exploration.Runs <= 1 || seconds <= 0)
        {
            // A single run tells nothing about speed: most of its time goes into starting up.
            return $"{took}: {found}; {simulated}, {decisions}.";
        }

        string faster = $"{Words.Number(exploration.WorldTime.TotalSeconds / seconds)} times as fast as the clock";
        return $"{took} ({Words.Number(exploration.Runs / seconds)}/s): {found}; {simulated} ({faster}), {decisions}.";
    }
}
