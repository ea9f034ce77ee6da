using Deterministic.Exploration;
using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>The simulated network; prints a fingerprint of each run.</summary>
internal sealed class FingerprintingDriver(TextWriter output, FaultProfile faults) : IDriver
{
    private readonly SeedSearch _search = new(new SimulationOptions { Faults = faults, Limits = ToolLimits.Default });
    private readonly object _printing = new();

    public string Where => $"under {faults}";

    public bool IsSimulated => true;

    public Task<SeedRun> RunAsync(Scenario scenario, ulong seed, CancellationToken interrupt)
    {
        SimulationRun run = _search.Run(scenario, seed);
        Fingerprint fingerprint = Fingerprint.Of(run);
        lock (_printing)
        {
            output.WriteLine(fingerprint);
        }

        return Task.FromResult(
            new SeedRun(seed, Finding: null, run.VirtualTime, run.Trace, run.SometimesResults, Tape: null)
        );
    }
}
