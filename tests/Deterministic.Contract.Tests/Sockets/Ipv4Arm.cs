namespace Deterministic.Contract.Tests;

/// <summary>Real sockets on <c>127.0.0.1</c>.</summary>
public sealed class Ipv4Arm
{
    public static IEnumerable<object[]> Applicable => ContractSuite.RowsFor(SocketContract.Capabilities);

    public static IEnumerable<object[]> Others => ContractSuite.OtherRowsFor(SocketContract.Capabilities);

    [Theory]
    [MemberData(nameof(Applicable))]
    [MemberData(nameof(Others), Skip = NotApplicable.Here)]
    public Task Keeps(string name) => SocketContract.KeepsAsync(name, "127.0.0.1");
}
