using Deterministic.Exploration;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>The real sockets of this machine.</summary>
/// <param name="keepTrace">Whether to keep the scenario's notes.</param>
/// <param name="limit">
/// How long a run may take. If null a minute, far beyond what a scenario of some hundred messages takes on loopback; with faults an hour, since a silently
/// dropped connection times out after a quarter of one.
/// </param>
/// <param name="faults">The faults to inject; none if null.</param>
internal sealed class SocketDriver(bool keepTrace = false, TimeSpan? limit = null, FaultProfile? faults = null)
    : IDriver
{
    /// <summary>How long the rest of the scenario may take to end after a finding, so that it does not disturb the next run.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _limit = limit ?? TimeSpan.FromMinutes(faults is null ? 1 : 60);

    public string Where => faults is null ? "on real sockets" : $"on real sockets under {faults}";

    public bool IsSimulated => false;

    public IReadOnlyList<FaultRule> LeftOut { get; } =
    [.. faults?.Rules.Where(rule => !FaultyNetwork.Supports(rule.Kind)) ?? []];

    public async Task<SeedRun> RunAsync(Scenario scenario, ulong seed, CancellationToken interrupt)
    {
        SocketWorld world = new(seed, keepTrace, faults);
        foreach (string property in scenario.Reachable)
        {
            world.SometimesResults.Add(property, seen: false);
        }

        Task main = Task.Run(
            () =>
                scenario.RunAsync(world)
                ?? throw new InvalidOperationException("The program returned null instead of a task."),
            interrupt
        );
        try
        {
            await Task.WhenAny(main, world.Found).WaitAsync(_limit, interrupt);
        }
        catch (TimeoutException)
        {
            world.TakeDown(BuiltInProperties.EndsInTime, $"Still running after {Format.Duration(_limit)}.");
        }

        if (!main.IsCompleted)
        {
            await Task.WhenAny(main, Task.Delay(Grace, interrupt));
        }
        else if (main.Exception?.InnerException is { } error)
        {
            world.Failed(error);
        }
        else if (main.IsCanceled)
        {
            world.TakeDown(BuiltInProperties.NoException, "The scenario was cancelled.");
        }

        Finding? finding = world.Found.IsCompleted ? await world.Found : null;
        return new SeedRun(seed, finding, world.Time, world.Trace, world.SometimesResults, Tape: null);
    }
}
