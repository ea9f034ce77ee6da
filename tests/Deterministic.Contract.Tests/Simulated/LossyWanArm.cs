using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>The simulated network with the faults <c>lossy-wan</c>.</summary>
public sealed class LossyWanArm() : SimulatedArm("lossy-wan", FaultProfiles.LossyWan);
