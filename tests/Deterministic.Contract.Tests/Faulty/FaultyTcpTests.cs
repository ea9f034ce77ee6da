namespace Deterministic.Contract.Tests;

public sealed class FaultyTcpTests : ArmTests<FaultyTcpArm>;
