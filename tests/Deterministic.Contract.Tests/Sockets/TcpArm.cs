using System.Net;
using Deterministic.Sockets;

namespace Deterministic.Contract.Tests;

/// <summary>Real TCP sockets on a loopback address.</summary>
/// <param name="name">Of the arm.</param>
/// <param name="loopback">Where servers are bound.</param>
/// <param name="multicast">No connection leads to a group of hosts: the kernel knows no route for one.</param>
/// <param name="lacks">What its worlds can't do, of all that TCP can.</param>
public abstract class TcpArm(
    string name,
    IPAddress loopback,
    IPAddress multicast,
    ContractCapabilities lacks = ContractCapabilities.None
) : Arm(name, ContractCapabilities.All & ~lacks)
{
    /// <summary>What is sent and in which pieces is the same in every run; what the kernel makes of it is not.</summary>
    private const int Seed = 1;

    /// <summary>Any port will do: the discard service's.</summary>
    private const int AnyPort = 9;

    private readonly Lazy<FullBacklog> _silent = new(() => new FullBacklog(new IPEndPoint(loopback, 0)));

    public override Task RunAsync(ContractCase one) => one.RunAsync(NewWorld());

    private protected virtual ContractWorld NewWorld() =>
        new()
        {
            Server = SocketNetwork.Default,
            Client = SocketNetwork.Default,
            NewAddress = () => new IPEndPoint(loopback, 0),
            Capabilities = Capabilities,
            Random = new Random(Seed),
            UnreachableAddress = new IPEndPoint(multicast, AnyPort),
            UnresponsiveAddress = _silent.Value.Address,
        };
}
