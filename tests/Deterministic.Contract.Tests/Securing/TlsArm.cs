using System.Net;

namespace Deterministic.Contract.Tests;

/// <summary>TLS over real sockets.</summary>
public sealed class TlsArm() : TcpArm("TLS", IPAddress.Loopback, IPAddress.Parse("224.0.0.1"), Tls.Lacks)
{
    private protected override ContractWorld NewWorld() => Tls.Over(base.NewWorld(), TimeSpan.FromSeconds(5));
}
