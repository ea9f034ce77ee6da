namespace Deterministic.Simulation.Tool;

/// <summary>Runs a scenario over many seeds.</summary>
internal sealed class Explorer(ToolEnvironment environment, IDriver driver)
{
    /// <summary>Runs a scenario over seeds, in their order; an interruption ends it early, between two runs.</summary>
    public Task<Exploration> RunAsync(Scenario scenario, SeedRange seeds, CancellationToken interrupt) =>
        ProgressBar.ShowAsync(
            environment.Terminal,
            $"{scenario.Name} {driver.Where}",
            seeds.Count,
            step => RunAsync(scenario, seeds, step, interrupt)
        );

    private async Task<Exploration> RunAsync(
        Scenario scenario,
        SeedRange seeds,
        Action step,
        CancellationToken interrupt
    )
    {
        Aggregator tally = new();
        int taken = 0;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(interrupt);
        long start = environment.Clock.GetTimestamp();

        // Dedicated threads, not the pool's: a simulated run keeps its thread busy, and the pool is needed for other work.
        // Runs on real sockets share the machine, so they are made one at a time.
        int threads = driver.IsSimulated ? Math.Min(environment.Threads, seeds.Count) : 1;
        await Task.WhenAll(Enumerable.Range(0, threads).Select(_ => OnDedicatedThreadAsync(WorkAsync)));
        return tally.Sum(environment.Clock.GetElapsedTime(start));

        async Task WorkAsync()
        {
            try
            {
                while (
                    !stop.IsCancellationRequested
                    && Interlocked.Increment(ref taken) is int number
                    && number <= seeds.Count
                )
                {
                    tally.Add(await driver.RunAsync(scenario, seeds.First + (ulong)(number - 1), stop.Token));
                    step();
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // This run is not counted.
            }
            catch
            {
                await stop.CancelAsync();
                throw;
            }
        }
    }

    public static Task OnDedicatedThreadAsync(Func<Task> work) =>
        Task
            .Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .Unwrap();
}
