using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Streams.Ssl;

namespace Deterministic.Streams.Tests;

public sealed class TlsInfoTests
{
    [Clause("W-INFO-01")]
    [Fact]
    public void Facts_are_known_by_type()
    {
        TlsPair pair = new();
        pair.Client.Tls.ShouldBeNull();
        (Task client, Task server) = pair.StartTls();
        pair.Client.Tls.ShouldNotBeNull();
        client.Now();
        server.Now();
        TlsInfo near = pair.Client.Tls!;
        TlsInfo far = pair.Server.Tls!;
        near.IsServer.ShouldBeFalse();
        far.IsServer.ShouldBeTrue();
        foreach (TlsInfo info in new[] { near, far })
        {
            info.Protocol.ShouldBe(SslProtocols.Tls13);
            info.CipherSuite.ToString().ShouldStartWith("TLS_");
            info.ServerName.ShouldBe(Certificates.ServerName);
            info.ApplicationProtocol.ShouldBeNull();
        }

        near.RemoteCertificate!.Thumbprint.ShouldBe(Certificates.Server.Thumbprint);
        near.LocalCertificate.ShouldBeNull();
        far.RemoteCertificate.ShouldBeNull();
        far.LocalCertificate!.Thumbprint.ShouldBe(Certificates.Server.Thumbprint);
    }

    [Clause("W-INFO-01", "W-INFO-02")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Facts_are_known_by_name_also_after_the_close(bool closed)
    {
        TlsPair pair = TlsPair.Secured();
        if (closed)
        {
            pair.Client.Writer.Close();
            pair.Now(pair.Client.Writer.WaitClosedAsync());
        }

        AsyncStreamWriter writer = pair.Client.Writer;
        writer.GetExtraInfo("ssl_object").ShouldBeSameAs(pair.Client.Tls);
        writer.GetExtraInfo("sslcontext").ShouldBeSameAs(TlsPair.ClientOptions);
        writer.GetExtraInfo("peercert").ShouldBeOfType<X509Certificate2>().Subject.ShouldBe("CN=server.example");
        (string name, string protocol, int bits) = writer
            .GetExtraInfo("cipher")
            .ShouldBeOfType<ValueTuple<string, string, int>>();
        name.ShouldBe(pair.Client.Tls!.CipherSuite.ToString());
        protocol.ShouldBe("TLSv1.3");
        bits.ShouldBeOneOf(128, 256);
        writer.GetExtraInfo("compression", "none").ShouldBe("none");
        writer.GetExtraInfo("socket").ShouldBe("a wire");
        writer.GetExtraInfo("sockname").ShouldBe(pair.ClientWire.LocalEndPoint);
        writer.GetExtraInfo("peername").ShouldBe(pair.ServerWire.LocalEndPoint);
        writer.GetExtraInfo("unknown", 7).ShouldBe(7);
    }

    [Clause("W-INFO-01")]
    [Fact]
    public void A_plain_connection_has_none_of_them()
    {
        AsyncStreamWriter writer = new TlsPair().Client.Writer;
        foreach (string name in new[] { "ssl_object", "sslcontext", "peercert", "cipher", "compression" })
        {
            writer.GetExtraInfo(name, "none").ShouldBe("none");
        }
    }

    [Fact]
    public void The_application_protocol_that_was_agreed_on_is_known()
    {
        TlsPair pair = TlsPair.Secured(
            TlsPair.ClientOptions with
            {
                Authentication = new()
                {
                    CertificateChainPolicy = Certificates.Trust(),
                    ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
                },
            },
            new TlsServerOptions(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = Certificates.Server,
                    ApplicationProtocols = [SslApplicationProtocol.Http11],
                }
            )
        );
        pair.Client.Tls!.ApplicationProtocol.ShouldBe(SslApplicationProtocol.Http11);
        pair.Server.Tls!.ApplicationProtocol.ShouldBe(SslApplicationProtocol.Http11);
    }

    [Theory]
    [InlineData(TlsCipherSuite.TLS_AES_128_GCM_SHA256, SslProtocols.Tls13, "TLSv1.3", 128)]
    [InlineData(TlsCipherSuite.TLS_AES_256_GCM_SHA384, SslProtocols.Tls13, "TLSv1.3", 256)]
    [InlineData(TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256, SslProtocols.Tls13, "TLSv1.3", 256)]
    [InlineData(TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, SslProtocols.Tls12, "TLSv1.2", 128)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_3DES_EDE_CBC_SHA, SslProtocols.Tls12, "TLSv1.2", 168)]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_NULL_SHA256, SslProtocols.Tls12, "TLSv1.2", 0)]
    public void The_cipher_is_told_as_asyncio_tells_it(
        TlsCipherSuite suite,
        SslProtocols protocol,
        string version,
        int bits
    ) =>
        CipherInfo
            .Of(
                new TlsInfo
                {
                    IsServer = false,
                    Protocol = protocol,
                    CipherSuite = suite,
                }
            )
            .ShouldBe((suite.ToString(), version, bits));

    [Fact]
    public void Tls_1_2_works_as_well()
    {
        SslClientAuthenticationOptions old = Certificates.ClientAuthentication();
        old.EnabledSslProtocols = SslProtocols.Tls12;
        TlsPair pair = TlsPair.Secured(TlsPair.ClientOptions with { Authentication = old });
        pair.Client.Tls!.Protocol.ShouldBe(SslProtocols.Tls12);
        pair.ShouldCarry();
        pair.Client.Writer.Close();
        pair.Now(pair.Server.Reader.ReadToEndAsync()).ShouldBeEmpty();
        pair.Now(pair.Client.Writer.WaitClosedAsync());
        pair.Now(pair.Server.Writer.WaitClosedAsync());
        pair.ShouldBeGone();
    }
}
