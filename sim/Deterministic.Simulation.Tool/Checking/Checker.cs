namespace Deterministic.Simulation.Tool;

/// <summary>Makes each run twice in this process and once in another, and compares their fingerprints.</summary>
internal sealed class Checker(ToolEnvironment environment, CheckRequest request)
{
    private readonly object _gate = new();
    private readonly SortedSet<ulong> _differing = [];
    private int _checked;
    private SimulationRun? _failed;

    /// <summary>Checks all seeds; an interruption ends it early, between two of them.</summary>
    public Task<CheckResult> RunAsync(CancellationToken interrupt) =>
        ProgressBar.ShowAsync(
            environment.Terminal,
            $"{request.Scenario.Name} under {request.Faults.Name}",
            request.Seeds.Count,
            step => RunAsync(step, interrupt)
        );

    /// <summary>Repeats the runs of one seed, keeping their events, to find the first difference.</summary>
    /// <returns>Null if they do not differ this time.</returns>
    public async Task<Divergence?> ExplainAsync(ulong seed)
    {
        CheckRequest single = request with { Seeds = new SeedRange(seed, 1) };
        KeptRun first = KeptRun.Of(request.Run(seed, keepTrace: true));
        KeptRun second = KeptRun.Of(request.Run(seed, keepTrace: true));
        if (Divergence.Find(first, second, "again") is { } divergence)
        {
            return divergence;
        }

        using OtherProcess other = OtherProcess.Start(environment, single, keepTrace: true);
        string output = await other.Output.ReadToEndAsync();
        await other.FinishAsync();
        return Divergence.Find(first, KeptRun.Read(new StringReader(output)), "in another process");
    }

    private async Task<CheckResult> RunAsync(Action step, CancellationToken interrupt)
    {
        long start = environment.Clock.GetTimestamp();
        using OtherProcess other = OtherProcess.Start(environment, request, keepTrace: false);
        await using (interrupt.UnsafeRegister(static other => ((OtherProcess)other!).Kill(), other))
        {
            // A free thread takes the next line of the other process, which therefore never gets far ahead.
            int threads = Math.Min(environment.Threads, request.Seeds.Count);
            await Task.WhenAll(
                Enumerable
                    .Range(0, threads)
                    .Select(_ => Explorer.OnDedicatedThreadAsync(() => WorkAsync(other, step, interrupt)))
            );
            if (!interrupt.IsCancellationRequested)
            {
                await other.FinishAsync();
            }
        }

        return new CheckResult
        {
            Seeds = _checked,
            Differing = [.. _differing],
            Failed = _failed,
            Elapsed = environment.Clock.GetElapsedTime(start),
        };
    }

    private Task WorkAsync(OtherProcess other, Action step, CancellationToken interrupt)
    {
        try
        {
            Work(other, step, interrupt);
            return Task.CompletedTask;
        }
        catch
        {
            // Ends the other workers: there are no more lines.
            other.Kill();
            throw;
        }
    }

    private void Work(OtherProcess other, Action step, CancellationToken interrupt)
    {
        // In this order: the last line of an interrupted process may be incomplete.
        while (other.Output.ReadLine() is { } line && !interrupt.IsCancellationRequested)
        {
            Fingerprint there = Fingerprint.Parse(line);
            SimulationRun here = request.Run(there.Seed);
            bool same = Fingerprint.Of(here) == there && Fingerprint.Of(request.Run(there.Seed)) == there;
            Add(here, same);
            step();
        }
    }

    private void Add(SimulationRun run, bool same)
    {
        lock (_gate)
        {
            _checked++;
            if (!same)
            {
                _differing.Add(run.Seed);
            }

            if (run.Finding is { Property: BuiltInProperties.SimulatorError } && !(_failed?.Seed < run.Seed))
            {
                _failed = run;
            }
        }
    }
}
