namespace Deterministic.Contract.Tests;

public sealed class TlsTests : ArmTests<TlsArm>;
