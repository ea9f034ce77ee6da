using System.Net;

namespace Deterministic.Contract.Tests;

/// <summary>Real sockets over which writes are cut and joined, reads are short, and segments are late.</summary>
public sealed class RoughTcpArm() : TcpArm("rough sockets", IPAddress.Loopback, IPAddress.Parse("224.0.0.1"))
{
    public override bool IsLong => true;

    private protected override ContractWorld NewWorld() =>
        FaultyOver.Decorate(base.NewWorld() with { LargeTransferBytes = 1024 * 1024 }, FaultyOver.Rough);
}
