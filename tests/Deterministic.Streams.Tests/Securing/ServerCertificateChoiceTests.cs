using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>Which certificate a server shows: what its callback chooses, else the one that is set.</summary>
public sealed class ServerCertificateChoiceTests
{
    private static readonly X509Certificate2 Other = Certificates.Issue("other.example");

    [Clause("C-SRV-11")]
    [Theory]
    [InlineData("server.example", false)]
    [InlineData("other.example", false)]
    [InlineData("server.example", true)]
    [InlineData("other.example", true)]
    public void The_callback_is_asked_first_and_else_the_certificate_is_shown(string name, bool asContext)
    {
        List<string?> asked = [];
        SslServerAuthenticationOptions authentication = new()
        {
            ServerCertificateSelectionCallback = (_, host) =>
            {
                asked.Add(host);
                return host == "other.example" ? Other : null!;
            },
        };
        if (asContext)
        {
            authentication.ServerCertificateContext = Context(Certificates.Server);
        }
        else
        {
            authentication.ServerCertificate = Certificates.Server;
        }

        TlsPair pair = TlsPair.Secured(
            TlsPair.ClientOptions with
            {
                ServerName = name,
            },
            new TlsServerOptions(authentication)
        );
        asked.ShouldBe([name]);
        pair.Client.Tls!.RemoteCertificate!.Subject.ShouldBe($"CN={name}");
        pair.Server.Tls!.LocalCertificate!.Subject.ShouldBe($"CN={name}");
        pair.Server.Tls!.ServerName.ShouldBe(name);
        pair.ShouldCarry();
    }

    [Clause("C-SRV-11")]
    [Fact]
    public void A_callback_alone_is_asked_for_every_connection()
    {
        int asked = 0;
        TlsServerOptions server = new(
            new SslServerAuthenticationOptions
            {
                ServerCertificateSelectionCallback = (sender, _) =>
                {
                    sender.ShouldBeOfType<SslStream>();
                    asked++;
                    return Certificates.Server;
                },
            }
        );
        TlsPair.Secured(server: server).ShouldCarry();
        TlsPair.Secured(server: server).ShouldCarry();
        asked.ShouldBe(2);
    }

    [Clause("C-SRV-11")]
    [Fact]
    public void A_callback_that_chooses_none_is_named_where_no_certificate_is_set()
    {
        TlsPair pair = new();
        (Task client, Task server) = pair.StartTls(
            server: new TlsServerOptions(
                new SslServerAuthenticationOptions { ServerCertificateSelectionCallback = (_, _) => null! }
            )
        );
        string message = pair.Error(server, ConnectionErrorKind.TlsHandshakeFailed).Message;
        message.ShouldContain("ServerCertificateSelectionCallback");
        message.ShouldContain("'server.example'");
        pair.Queue.Run();
        client.IsFaulted.ShouldBeTrue();
        pair.ShouldBeGone();
    }

    [Clause("C-SRV-11")]
    [Fact]
    public void A_callback_that_throws_fails_that_handshake_with_its_own_words()
    {
        TlsPair pair = new();
        (_, Task server) = pair.StartTls(
            server: new TlsServerOptions(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateSelectionCallback = (_, _) =>
                        throw new InvalidOperationException("the store is locked"),
                }
            )
        );
        pair.Error(server, ConnectionErrorKind.TlsHandshakeFailed).Message.ShouldContain("the store is locked");
        pair.ShouldBeGone();
    }

    private static SslStreamCertificateContext Context(X509Certificate2 certificate) =>
        SslStreamCertificateContext.Create(certificate, null, offline: true);
}
