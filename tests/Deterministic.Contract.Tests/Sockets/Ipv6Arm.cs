namespace Deterministic.Contract.Tests;

/// <summary>Real sockets on <c>::1</c>.</summary>
public sealed class Ipv6Arm
{
    public static IEnumerable<object[]> Applicable => ContractSuite.RowsFor(SocketContract.Capabilities);

    public static IEnumerable<object[]> Others => ContractSuite.OtherRowsFor(SocketContract.Capabilities);

    [Theory]
    [MemberData(nameof(Applicable))]
    [MemberData(nameof(Others), Skip = NotApplicable.Here)]
    public Task Keeps(string name) => SocketContract.KeepsAsync(name, "::1");
}
