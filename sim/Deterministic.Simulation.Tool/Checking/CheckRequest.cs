using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>The scenario, faults and seeds to run, in this process and in the other.</summary>
internal sealed record CheckRequest(Scenario Scenario, FaultProfile Faults, SeedRange Seeds)
{
    public SimulationRun Run(ulong seed, bool keepTrace = false) =>
        SimulationRunner.Run(
            Scenario,
            seed,
            new SimulationOptions
            {
                Faults = Faults,
                KeepTrace = keepTrace,
                Limits = ToolLimits.Default,
            }
        );
}
