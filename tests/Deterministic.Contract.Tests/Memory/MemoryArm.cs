namespace Deterministic.Contract.Tests;

/// <summary>A third party's driver: this one class is all that it takes to hold it to the contract.</summary>
public sealed class MemoryArm
{
    private const ContractCapabilities Capabilities = ContractCapabilities.All;

    public static IEnumerable<object[]> Applicable => ContractSuite.RowsFor(Capabilities);

    public static IEnumerable<object[]> Others => ContractSuite.OtherRowsFor(Capabilities);

    [Theory]
    [MemberData(nameof(Applicable))]
    [MemberData(nameof(Others), Skip = NotApplicable.Here)]
    public Task Keeps(string name) => ContractSuite.Find(name).RunAsync(NewWorld(MemoryDefects.None));

    internal static ContractWorld NewWorld(MemoryDefects defect)
    {
        MemoryNetwork network = new(defect);
        return new ContractWorld
        {
            Server = network,
            Client = network,
            ServerHost = "127.0.0.1",
            Capabilities = Capabilities,
            Random = new Random(1),
            NetworkHoldsBytes = MemoryTransport.Window,
        };
    }
}
