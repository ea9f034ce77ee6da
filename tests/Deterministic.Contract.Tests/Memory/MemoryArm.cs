using System.Net;

namespace Deterministic.Contract.Tests;

/// <summary>A driver as a third party would write one, and all that it takes to hold it to the contract.</summary>
public sealed class MemoryArm() : Arm("in-memory", ContractCapabilities.All)
{
    public override Task RunAsync(ContractCase one) => one.RunAsync(NewWorld(Defect.None));

    internal static ContractWorld NewWorld(Defect defect)
    {
        MemoryNetwork network = new(defect);
        return new ContractWorld
        {
            Server = network,
            Client = network,
            NewAddress = static () => new IPEndPoint(IPAddress.Loopback, 0),
            Capabilities = ContractCapabilities.All,
            Random = new Random(1),
            UnreachableAddress = MemoryNetwork.Unreachable,
            UnresponsiveAddress = MemoryNetwork.Silent,
            LargeTransferBytes = 4 * 1024 * 1024,
            NetworkHoldsBytes = MemoryTransport.Window,
        };
    }
}
