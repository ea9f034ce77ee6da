namespace Deterministic.Contract.Tests;

public sealed class RoughTcpTests : ArmTests<RoughTcpArm>;
