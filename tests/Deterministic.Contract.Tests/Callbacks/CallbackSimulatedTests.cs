namespace Deterministic.Contract.Tests;

[Clause("P-10", "P-11", "P-12", "P-17", "P-18", "P-20")]
public sealed class CallbackSimulatedTests : ArmTests<CallbackSimulatedArm>;
