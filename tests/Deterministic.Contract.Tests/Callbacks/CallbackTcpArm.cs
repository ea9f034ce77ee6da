using System.Net;

namespace Deterministic.Contract.Tests;

/// <summary>Connections through the callbacks of protocols, over real sockets.</summary>
public sealed class CallbackTcpArm() : TcpArm("callbacks", IPAddress.Loopback, IPAddress.Parse("224.0.0.1"))
{
    private protected override ContractWorld NewWorld() => CallbackNetwork.Over(base.NewWorld());
}
