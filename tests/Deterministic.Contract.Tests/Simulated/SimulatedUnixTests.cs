namespace Deterministic.Contract.Tests;

public sealed class SimulatedUnixTests : ArmTests<SimulatedUnixArm>;
