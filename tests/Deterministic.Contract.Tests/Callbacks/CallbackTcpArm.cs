using System.Net;

namespace Deterministic.Contract.Tests;

/// <summary>Connections through the callbacks of protocols, over real sockets.</summary>
public sealed class CallbackTcpArm() : TcpArm("callbacks", IPAddress.Loopback, IPAddress.Parse("224.0.0.1"))
{
    /// <summary>Bytes move on below while nothing is seen of it above: TCP asks a peer without room after some 200 ms.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromMilliseconds(400);

    private protected override ContractWorld NewWorld() => CallbackNetwork.Over(base.NewWorld()) with { Calm = Calm };
}
