using Deterministic.Faults;
using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>A calm simulated network under the decorator that makes it rough: the same code as over real sockets, in many orders of what happens.</summary>
public sealed class RoughSimulatedArm()
    : SimulatedArm("rough calm", FaultProfiles.Calm, over: static world => FaultyOver.Decorate(world, FaultyOver.Rough))
{
    public override bool IsLong => true;
}
