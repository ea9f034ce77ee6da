using System.Net.Security;
using Deterministic.Core;

namespace Deterministic.Streams.Tests;

/// <summary>Which name a client asks for (SNI, RFC 6066 section 3), and which one it checks.</summary>
public sealed class ServerNameTests
{
    private const string Unicode = "münchen.example";
    private const string Ascii = "xn--mnchen-3ya.example";

    [Clause("C-OPEN-14")]
    [Theory]
    [InlineData("server.example", "server.example")]
    [InlineData("server.example.", "server.example")] // A trailing dot must not be sent,
    [InlineData("SERVER.example", "SERVER.example")]
    [InlineData(Unicode, Ascii)] // nor anything but ASCII,
    [InlineData(Ascii, Ascii)]
    [InlineData("127.0.0.1", "")] // nor an address.
    [InlineData("::1", "")]
    [InlineData("[::1]", "")]
    [InlineData("::1%0", "")]
    public void What_is_sent_is_the_name_as_the_protocol_has_it(string name, string sent)
    {
        List<string?> asked = [];
        TlsPair pair = TlsPair.Secured(
            TlsPair.ClientOptions with
            {
                ServerName = name,
            },
            new TlsServerOptions(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateSelectionCallback = (_, host) =>
                    {
                        asked.Add(host);
                        return Server;
                    },
                }
            )
        );
        // What the runtime hands to a server is in Unicode again; on the wire it is not.
        string seen = sent == Ascii ? Unicode : sent;
        asked.ShouldBe([seen]);
        pair.Server.Tls!.ServerName.ShouldBe(seen);
        string hello = System.Text.Encoding.Latin1.GetString([.. pair.ClientWire.Sent]);
        (sent.Length > 0 && hello.Contains(sent + '.', StringComparison.Ordinal)).ShouldBeFalse();
        hello.Contains(sent, StringComparison.Ordinal).ShouldBeTrue();
        hello.Contains("nchen.example", StringComparison.Ordinal).ShouldBeFalse();
        pair.ShouldCarry();
    }

    [Clause("C-OPEN-14")]
    [Theory]
    [InlineData("other.example.")]
    [InlineData("bücher.example")]
    public void The_name_is_checked_all_the_same(string name)
    {
        TlsPair pair = new();
        (Task client, _) = pair.StartTls(
            TlsPair.ClientOptions with
            {
                ServerName = name,
            },
            new TlsServerOptions(Server)
        );
        pair.Error(client, ConnectionErrorKind.CertificateRejected)
            .Message.ShouldContain("it is for 'server.example', 'xn--mnchen-3ya.example'");
    }

    [Clause("C-OPEN-14")]
    [Theory]
    [InlineData("server.example", true)]
    [InlineData("SERVER.example.", true)]
    [InlineData(Unicode, true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("other.example", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("example", false)]
    public void A_name_that_is_not_sent_is_checked_all_the_same(string name, bool isAccepted)
    {
        TlsPair pair = new();
        string? sent = null;
        (Task client, Task server) = pair.StartTls(
            TlsPair.ClientOptions with
            {
                ServerName = name,
                SendServerName = false,
            },
            new TlsServerOptions(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = Server,
                    ServerCertificateSelectionCallback = (_, host) =>
                    {
                        sent = host;
                        return null!;
                    },
                }
            )
        );
        if (isAccepted)
        {
            pair.Now(client);
            pair.Now(server);
            pair.ShouldCarry();
            pair.Client.Tls!.ServerName.ShouldNotBeEmpty();
            pair.Server.Tls!.ServerName.ShouldBeEmpty();
        }
        else
        {
            pair.Error(client, ConnectionErrorKind.CertificateRejected).Message.ShouldContain($"not for '{name}'");
        }

        sent.ShouldBe("");
    }

    [Clause("C-OPEN-14")]
    [Fact]
    public void A_check_of_the_programs_own_hears_of_a_name_that_does_not_fit_whether_it_is_sent_or_not()
    {
        foreach (bool send in new[] { true, false })
        {
            foreach (string name in new[] { "server.example", "other.example" })
            {
                SslPolicyErrors? seen = null;
                TlsPair.Secured(
                    new TlsClientOptions
                    {
                        ServerName = name,
                        SendServerName = send,
                        Authentication = new()
                        {
                            CertificateChainPolicy = Certificates.Trust(),
                            RemoteCertificateValidationCallback = (_, _, _, errors) =>
                            {
                                seen = errors;
                                return seen is not null;
                            },
                        },
                    }
                );
                seen.ShouldBe(
                    name == "server.example" ? SslPolicyErrors.None : SslPolicyErrors.RemoteCertificateNameMismatch
                );
            }
        }
    }

    private static System.Security.Cryptography.X509Certificates.X509Certificate2 Server { get; } =
        Certificates.Issue(Certificates.ServerName, Ascii, "127.0.0.1", "::1");
}
