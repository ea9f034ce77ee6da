namespace Deterministic.Contract.Tests;

public sealed class LossyWanTests : ArmTests<LossyWanArm>;
