namespace Deterministic.Contract.Tests;

public sealed class MemoryTests : ArmTests<MemoryArm>;
