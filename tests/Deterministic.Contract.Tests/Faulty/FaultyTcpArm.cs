using System.Net;

namespace Deterministic.Contract.Tests;

/// <summary>Real sockets that are decorated with faults that never strike.</summary>
public sealed class FaultyTcpArm() : TcpArm("faulty sockets", IPAddress.Loopback, IPAddress.Parse("224.0.0.1"))
{
    private protected override ContractWorld NewWorld() => FaultyOver.Decorate(base.NewWorld(), FaultyOver.Idle);
}
