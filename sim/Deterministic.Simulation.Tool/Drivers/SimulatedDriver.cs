using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>The simulated network. A run blocks the calling thread until its end.</summary>
internal sealed class SimulatedDriver(FaultProfile faults, Recording? recording = null) : IDriver
{
    private readonly SeedSearch _search = new(
        new SimulationOptions
        {
            Faults = faults,
            KeepTrace = recording is { KeepsTrace: true },
            Limits = ToolLimits.Default,
        }
    );

    public string Where => $"under {faults}";

    public bool IsSimulated => true;

    public Task<SeedRun> RunAsync(Scenario scenario, ulong seed, CancellationToken interrupt)
    {
        SimulationRun run = _search.Run(scenario, seed, recording?.Capture);
        return Task.FromResult(
            new SeedRun(seed, run.Finding, run.VirtualTime, run.Trace, run.SometimesResults, run.Tape)
        );
    }
}
