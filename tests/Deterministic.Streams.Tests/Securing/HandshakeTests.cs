using System.Security.Authentication;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

public sealed class HandshakeTests
{
    [Clause("W-STLS-01", "W-STLS-02")]
    [Fact]
    public void Both_sides_go_over_to_tls_on_the_same_reader_and_writer()
    {
        TlsPair pair = new();
        pair.ShouldCarry("plain");
        AsyncStreamReader reader = pair.Client.Reader;
        (Task client, Task server) = pair.StartTls();
        client.Now();
        server.Now();
        pair.Client.Reader.ShouldBeSameAs(reader);
        pair.ShouldCarry("secret words");
        Bytes.Text(pair.ClientWire.Sent).ShouldContain("plain");
        Bytes.Text(pair.ClientWire.Sent).ShouldNotContain("secret");
        Bytes.Text(pair.ServerWire.Sent).ShouldNotContain("secret");
        pair.Client.Tls!.Protocol.ShouldBe(SslProtocols.Tls13);
        pair.Time.Set.ShouldBe(0, "the handshake's time-out is over");
    }
}
