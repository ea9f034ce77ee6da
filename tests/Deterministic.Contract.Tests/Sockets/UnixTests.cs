namespace Deterministic.Contract.Tests;

public sealed class UnixTests : ArmTests<UnixArm>;
