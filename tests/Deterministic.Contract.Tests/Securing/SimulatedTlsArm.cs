using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>TLS over the simulated network with the faults <c>lossy-wan</c>. Few seeds and a small crowd: each handshake costs what it costs anywhere.</summary>
public sealed class SimulatedTlsArm()
    : SimulatedArm(
        "TLS lossy-wan",
        FaultProfiles.LossyWan,
        seeds: 3,
        Tls.Lacks,
        world => Tls.Over(world, TimeSpan.FromMinutes(2)) with { Crowd = 50 }
    );
