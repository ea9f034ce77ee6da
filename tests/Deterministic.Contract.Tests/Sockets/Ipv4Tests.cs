namespace Deterministic.Contract.Tests;

public sealed class Ipv4Tests : ArmTests<Ipv4Arm>;
