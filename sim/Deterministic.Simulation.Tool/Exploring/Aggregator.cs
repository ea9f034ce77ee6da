namespace Deterministic.Simulation.Tool;

/// <summary>Combines the results of runs as they end, on any thread and in any order; the total does not depend on either.</summary>
internal sealed class Aggregator
{
    /// <summary>How many findings are shown; the others are only counted, without their tapes.</summary>
    public const int Shown = 10;

    private readonly object _gate = new();
    private readonly SortedList<ulong, SeedRun> _first = [];
    private readonly SometimesResults _sometimesResults = new();
    private SeedRun? _last;
    private SeedRun? _failed;
    private int _runs;
    private int _found;
    private TimeSpan _worldTime;
    private long _decisions;

    public void Add(SeedRun run)
    {
        lock (_gate)
        {
            _last = run;
            _runs++;
            _sometimesResults.Add(run.SometimesResults);
            _worldTime += run.Time;
            _decisions += run.Tape?.Choices.Count ?? 0;
            if (run.Finding is null)
            {
                return;
            }

            if (string.Equals(run.Finding.Property, BuiltInProperties.SimulatorError, StringComparison.Ordinal))
            {
                _failed = _failed is { } failed && failed.Seed < run.Seed ? failed : run;
                return;
            }

            _found++;
            _first.Add(run.Seed, run);
            if (_first.Count > Shown)
            {
                _first.RemoveAt(Shown);
            }
        }
    }

    public Exploration Sum(TimeSpan elapsed)
    {
        lock (_gate)
        {
            return new Exploration
            {
                Runs = _runs,
                Found = _found,
                First = [.. _first.Values],
                Failed = _failed,
                Last = _last,
                SometimesResults = _sometimesResults,
                WorldTime = _worldTime,
                Decisions = _decisions,
                Elapsed = elapsed,
            };
        }
    }
}
