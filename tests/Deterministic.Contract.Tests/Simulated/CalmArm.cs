using Deterministic.Simulation;

namespace Deterministic.Contract.Tests;

/// <summary>The simulated network with the faults <c>calm</c>.</summary>
public sealed class CalmArm
{
    public static IEnumerable<object[]> Applicable => ContractSuite.RowsFor(SimulatedContract.Capabilities);

    public static IEnumerable<object[]> Others => ContractSuite.OtherRowsFor(SimulatedContract.Capabilities);

    [Theory]
    [MemberData(nameof(Applicable))]
    [MemberData(nameof(Others), Skip = NotApplicable.Here)]
    public void Keeps(string name) => SimulatedContract.Keeps(name, FaultProfiles.Calm);
}
