using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>What is to be run, here and elsewhere.</summary>
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
