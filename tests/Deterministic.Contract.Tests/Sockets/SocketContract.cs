using Deterministic.Sockets;

namespace Deterministic.Contract.Tests;

/// <summary>Real sockets on a loopback address as an arm.</summary>
internal static class SocketContract
{
    public const ContractCapabilities Capabilities = ContractCapabilities.All;

    /// <summary>What is sent and in which pieces is the same in every run; what the kernel makes of it is not.</summary>
    private const int Seed = 1;

    public static Task KeepsAsync(string name, string address)
    {
        ContractWorld world = new()
        {
            Server = SocketNetwork.Default,
            Client = SocketNetwork.Default,
            ServerHost = address,
            Capabilities = Capabilities,
            Random = new Random(Seed),
        };
        return ContractSuite.Find(name).RunAsync(world);
    }
}
