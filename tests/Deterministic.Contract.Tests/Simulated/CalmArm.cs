using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>The simulated network with the faults <c>calm</c>.</summary>
public sealed class CalmArm() : SimulatedArm("calm", FaultProfiles.Calm);
