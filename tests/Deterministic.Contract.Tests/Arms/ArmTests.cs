using System.Diagnostics.CodeAnalysis;

namespace Deterministic.Contract.Tests;

/// <summary>Each case as a test of its own, and those that don't apply as skipped ones that say why.</summary>
[SuppressMessage(
    "Design",
    "CA1000:Do not declare static members on generic types",
    Justification = "xunit asks for static data."
)]
public abstract class ArmTests<TArm>
    where TArm : Arm, new()
{
    private static readonly TArm TheArm = new();

    /// <summary>All rows by night; by day, of an arm that takes long, every fourth.</summary>
    public static IEnumerable<object[]> Applicable =>
        ContractSuite.RowsFor(TheArm.Capabilities).Where((_, i) => Nightly.IsOn || !TheArm.IsLong || i % 4 == 0);

    public static IEnumerable<object[]> Others => ContractSuite.OtherRowsFor(TheArm.Capabilities);

    [Theory]
    [MemberData(nameof(Applicable))]
    [MemberData(nameof(Others), Skip = "Not applicable: this world lacks what the row names.")]
    public Task Keeps(string name) => TheArm.RunAsync(ContractSuite.Find(name));
}
