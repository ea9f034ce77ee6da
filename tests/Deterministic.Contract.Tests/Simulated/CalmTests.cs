namespace Deterministic.Contract.Tests;

public sealed class CalmTests : ArmTests<CalmArm>;
