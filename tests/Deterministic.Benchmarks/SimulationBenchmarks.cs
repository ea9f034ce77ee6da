using BenchmarkDotNet.Attributes;
using Deterministic.Faults;
using Deterministic.Scenarios;
using Deterministic.Simulation;

namespace Deterministic.Benchmarks;

/// <summary>What one whole simulated run costs, tape and trace hash included.</summary>
[MemoryDiagnoser]
public class SimulationBenchmarks
{
    private ulong _seed;

    [Params("calm", "lossy-wan", "hostile")]
    public string Faults { get; set; } = "calm";

    [Params("chat", "echo")]
    public string Scenario { get; set; } = "chat";

    [Benchmark]
    public long Run() =>
        SimulationRunner
            .Run(
                ScenarioCatalog.Find(Scenario)!,
                ++_seed,
                new SimulationOptions { Faults = FaultProfiles.Find(Faults)! }
            )
            .Steps;
}
