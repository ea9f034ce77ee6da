namespace Deterministic.Contract.Tests;

public sealed class RoughSimulatedTests : ArmTests<RoughSimulatedArm>;
