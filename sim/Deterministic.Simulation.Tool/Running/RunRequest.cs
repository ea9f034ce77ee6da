using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>The validated request of <c>detsim run</c>.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Seeds">Its seeds.</param>
/// <param name="Driver">The world to run in.</param>
/// <param name="Faults">How the simulated network behaves; null on real sockets, whose runs cannot be replayed.</param>
/// <param name="Directory">The directory for tapes; null if there are none.</param>
/// <param name="Recording">What to record of a single run.</param>
internal sealed record RunRequest(
    Scenario Scenario,
    SeedRange Seeds,
    IDriver Driver,
    FaultProfile? Faults,
    string? Directory,
    Recording Recording
);
