using System.Net.Sockets;
using Deterministic.Sockets;

namespace Deterministic.Contract.Tests;

/// <summary>Real Unix sockets, at paths of a folder that is made for each case.</summary>
public sealed class UnixArm() : Arm("Unix", Can)
{
    /// <summary>The kernel knows no reset here, and no addresses but paths: an abort is an end of file.</summary>
    private const ContractCapabilities Can =
        ContractCapabilities.All
        & ~(ContractCapabilities.RealReset | ContractCapabilities.Ipv6 | ContractCapabilities.Unreachable);

    private const int Seed = 1;

    public override async Task RunAsync(ContractCase one)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("contract-");
        try
        {
            using FullBacklog silent = new(new UnixDomainSocketEndPoint(Path.Combine(folder.FullName, "silent.sock")));
            await one.RunAsync(NewWorld(folder.FullName, silent));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private ContractWorld NewWorld(string folder, FullBacklog silent)
    {
        int servers = 0;
        return new ContractWorld
        {
            Server = SocketNetwork.Default,
            Client = SocketNetwork.Default,
            NewAddress = () => new UnixDomainSocketEndPoint(Path.Combine(folder, $"{++servers}.sock")),
            Capabilities = Capabilities,
            Random = new Random(Seed),
            UnresponsiveAddress = silent.Address,
        };
    }
}
