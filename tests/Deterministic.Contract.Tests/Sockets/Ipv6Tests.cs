namespace Deterministic.Contract.Tests;

public sealed class Ipv6Tests : ArmTests<Ipv6Arm>;
