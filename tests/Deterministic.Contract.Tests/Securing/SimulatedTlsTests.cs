namespace Deterministic.Contract.Tests;

public sealed class SimulatedTlsTests : ArmTests<SimulatedTlsArm>;
