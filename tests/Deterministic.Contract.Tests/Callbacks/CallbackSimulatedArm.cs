using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>Connections through the callbacks of protocols, over the simulated network with the faults <c>lossy-wan</c>.</summary>
public sealed class CallbackSimulatedArm()
    : SimulatedArm("callbacks lossy", FaultProfiles.LossyWan, seeds: 5, over: CallbackNetwork.Over);
