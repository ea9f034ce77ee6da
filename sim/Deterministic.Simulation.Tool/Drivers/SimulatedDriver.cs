namespace Deterministic.Simulation.Tool;

/// <summary>The simulated network. A run blocks the thread that starts it until its end.</summary>
internal sealed class SimulatedDriver(FaultProfile faults, Recording? recording = null) : IDriver
{
    private readonly SimulationOptions _options = new()
    {
        Faults = faults,
        KeepTrace = recording is { KeepsTrace: true },
    };

    public string Where => $"under {faults}";

    public bool IsSimulated => true;

    public Task<SeedRun> RunAsync(Scenario scenario, ulong seed, CancellationToken interrupt)
    {
        SimulationRun run = SimulationRunner.Run(
            scenario,
            seed,
            recording?.Capture is { } capture ? _options with { Capture = capture } : _options
        );
        return Task.FromResult(new SeedRun(seed, run.Finding, run.VirtualTime, run.Trace, run.Sightings, run.Tape));
    }
}
