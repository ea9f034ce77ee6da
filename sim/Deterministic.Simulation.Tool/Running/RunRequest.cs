using Deterministic.Faults;

namespace Deterministic.Simulation.Tool;

/// <summary>What <c>detsim run</c> is asked for, once it is known to make sense.</summary>
/// <param name="Scenario">What to run.</param>
/// <param name="Seeds">With which seeds.</param>
/// <param name="Driver">In which world.</param>
/// <param name="Faults">How the simulated network behaves; null on real sockets, whose runs cannot be replayed.</param>
/// <param name="Directory">Where tapes go; null where there are none.</param>
/// <param name="Recording">What to keep of a single run.</param>
internal sealed record RunRequest(
    Scenario Scenario,
    SeedRange Seeds,
    IDriver Driver,
    FaultProfile? Faults,
    string? Directory,
    Recording Recording
);
