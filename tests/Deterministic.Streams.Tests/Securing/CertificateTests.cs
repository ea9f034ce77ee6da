using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;
using Deterministic.Streams.Ssl;

namespace Deterministic.Streams.Tests;

public sealed class CertificateTests
{
    private static readonly DateTimeOffset Long = new(1995, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Clause("W-STLS-06", "C-OPEN-11")]
    [Fact]
    public void A_certificate_for_another_name_is_refused_with_both_names() =>
        Refusal(Certificates.Server, TlsPair.ClientOptions with { ServerName = "other.example" })
            .ShouldContain("it is for 'server.example', 'localhost', '127.0.0.1', '::1', not for 'other.example'");

    [Clause("W-STLS-06")]
    [Fact]
    public void An_expired_certificate_is_refused_with_its_date() =>
        Refusal(Issue(Long, TestTime.Start.AddDays(-1)))
            .ShouldContain("it expired on 2025-12-31 00:00:00Z, and here it is 2026-01-01 00:00:00Z");

    [Clause("W-STLS-06")]
    [Fact]
    public void A_certificate_of_tomorrow_is_refused_with_its_date() =>
        Refusal(Issue(TestTime.Start.AddDays(1), TestTime.Start.AddDays(2)))
            .ShouldContain("it is not valid before 2026-01-02 00:00:00Z, and here it is 2026-01-01 00:00:00Z");

    [Fact]
    public void Validity_is_judged_by_the_time_of_the_network()
    {
        using X509Certificate2 certificate = Issue(TestTime.Start.AddDays(1), TestTime.Start.AddDays(2));
        TlsPair pair = new();
        pair.Time.Advance(TimeSpan.FromHours(36));
        (Task client, Task server) = pair.StartTls(server: new TlsServerOptions(certificate));
        client.Now();
        server.Now();
    }

    [Clause("W-STLS-06")]
    [Fact]
    public void A_certificate_of_an_unknown_issuer_is_refused_with_its_name()
    {
        using X509Certificate2 stranger = Certificates.NewAuthority("Somebody Else");
        Refusal(Certificates.Issue(stranger, Long, TestTime.Start.AddDays(1), Certificates.ServerName))
            .ShouldContain("the issuer 'CN=Somebody Else' of it is not known here");
    }

    [Clause("W-STLS-06")]
    [Fact]
    public void A_certificate_signed_by_itself_is_refused_as_such() =>
        Refusal(Certificates.NewAuthority("Myself"))
            .ShouldContain("is signed by itself and not trusted here ('CN=Myself')");

    [Fact]
    public void A_certificate_that_may_be_revoked_is_refused_if_that_is_to_be_checked() =>
        Refusal(
                Certificates.Server,
                TlsPair.ClientOptions with
                {
                    Authentication = new() { CertificateChainPolicy = Certificates.Trust(X509RevocationMode.Offline) },
                }
            )
            .ShouldContain("revoked could not be found out");

    [Theory]
    [InlineData(X509ChainStatusFlags.Revoked, "it was revoked by its issuer")]
    [InlineData(X509ChainStatusFlags.NotSignatureValid, "it: why (NotSignatureValid)")]
    [InlineData(X509ChainStatusFlags.UntrustedRoot, "it is not trusted here")]
    public void Other_faults_are_named_too(X509ChainStatusFlags fault, string expected)
    {
        X509ChainStatus status = new() { Status = fault, StatusInformation = "why." };
        CertificateErrors.FaultOf(status, Certificates.Server, "it", new X509ChainPolicy()).ShouldBe(expected);
    }

    [Fact]
    public void Of_several_faults_each_is_named()
    {
        string refusal = Refusal(
            Issue(Long, TestTime.Start.AddDays(-1)),
            TlsPair.ClientOptions with
            {
                ServerName = "10.0.0.1",
            }
        );
        refusal.ShouldStartWith("The TLS certificate of '10.0.0.1' was not accepted: ");
        refusal.ShouldContain("not for '10.0.0.1'");
        refusal.ShouldContain("it expired");
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("localhost")]
    [InlineData("SERVER.example")]
    public void A_certificate_can_be_for_several_names_and_addresses(string name) =>
        TlsPair
            .Secured(TlsPair.ClientOptions with { ServerName = name })
            .Client.Tls!.ServerName.ShouldBe(name, StringCompareShould.IgnoreCase);

    [Clause("C-OPEN-03", "W-STLS-05")]
    [Documented("StreamWriter.start_tls(server_hostname)")]
    [Fact]
    public void The_name_given_is_the_one_that_counts()
    {
        TlsClientOptions both = TlsPair.ClientOptions with
        {
            Authentication = new() { CertificateChainPolicy = Certificates.Trust(), TargetHost = "other.example" },
        };
        TlsPair.Secured(both).Client.Tls!.ServerName.ShouldBe(Certificates.ServerName);
        Refusal(Certificates.Server, both with { ServerName = null }).ShouldContain("not for 'other.example'");
    }

    [Clause("W-STLS-05", "C-OPEN-03", "C-UNIX-02")]
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Without_a_name_nothing_is_begun(string? target)
    {
        TlsPair pair = new();
        TlsClientOptions nameless = new() { Authentication = new() { TargetHost = target } };
        Should.Throw<ArgumentException>(() => pair.Client.StartTlsAsync(nameless)).Message.ShouldContain("ServerName");
        pair.Queue.Run();
        pair.ClientWire.Sent.ShouldBeEmpty();
        pair.ShouldCarry("plain as before");
        Should.Throw<ArgumentException>(() => new TlsClientOptions { ServerName = "" });
    }

    [Clause("W-STLS-05")]
    [Fact]
    public void The_check_is_switched_off_by_a_callback_and_only_so()
    {
        using X509Certificate2 myself = Certificates.NewAuthority("Myself");
        SslPolicyErrors seen = SslPolicyErrors.None;
        TlsPair pair = TlsPair.Secured(
            new TlsClientOptions
            {
                Authentication = new()
                {
                    RemoteCertificateValidationCallback = (_, _, _, errors) =>
                    {
                        seen = errors;
                        return errors != SslPolicyErrors.None;
                    },
                },
            },
            new TlsServerOptions(myself)
        );
        seen.ShouldBe(SslPolicyErrors.RemoteCertificateChainErrors | SslPolicyErrors.RemoteCertificateNameMismatch);
        pair.Client.Tls!.ServerName.ShouldBeEmpty();
        pair.ShouldCarry();
    }

    [Fact]
    public void A_callback_that_refuses_is_named()
    {
        TlsClientOptions options = TlsPair.ClientOptions with
        {
            Authentication = new()
            {
                CertificateChainPolicy = Certificates.Trust(),
                RemoteCertificateValidationCallback = (_, _, _, _) => false,
            },
        };
        Refusal(Certificates.Server, options).ShouldContain("RemoteCertificateValidationCallback");
    }

    [Fact]
    public void A_client_that_must_show_a_certificate_and_shows_none_is_refused()
    {
        TlsPair pair = new();
        (Task client, Task server) = pair.StartTls(server: DemandingServer());
        ConnectionException error = pair.Error(server, ConnectionErrorKind.CertificateRejected);
        error.Message.ShouldBe("The TLS certificate of the client was not accepted: it showed none.");
        // In TLS 1.3 the client is done before the server has seen its certificate, so it is a read that fails.
        pair.Now(client);
        Task reading = pair.Client.Reader.ReadAsync().AsTask();
        pair.Queue.Run();
        reading.Error<ConnectionException>();
    }

    [Clause("W-INFO-01")]
    [Fact]
    public void A_client_that_shows_a_certificate_is_known_by_it()
    {
        TlsPair pair = TlsPair.Secured(
            TlsPair.ClientOptions with
            {
                Authentication = new()
                {
                    CertificateChainPolicy = Certificates.Trust(),
                    ClientCertificates = [Certificates.Client],
                },
            },
            DemandingServer()
        );
        pair.Server.Tls!.RemoteCertificate!.Subject.ShouldBe("CN=client.example");
        pair.Client.Tls!.LocalCertificate!.Subject.ShouldBe("CN=client.example");
        pair.ShouldCarry();
    }

    [Fact]
    public void A_server_without_a_certificate_or_its_key_is_refused_where_it_is_set()
    {
        Should
            .Throw<ArgumentException>(() => new TlsServerOptions(new SslServerAuthenticationOptions()))
            .Message.ShouldContain("needs a certificate");
        using X509Certificate2 half = X509CertificateLoader.LoadCertificate(Certificates.Server.RawData);
        Should.Throw<ArgumentException>(() => new TlsServerOptions(half)).Message.ShouldContain("private key");
    }

    private static TlsServerOptions DemandingServer() =>
        new(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = Certificates.Server,
                ClientCertificateRequired = true,
                CertificateChainPolicy = Certificates.Trust(),
            }
        );

    private static X509Certificate2 Issue(DateTimeOffset begin, DateTimeOffset end) =>
        Certificates.Issue(Certificates.Authority, begin, end, Certificates.ServerName);

    /// <summary>Why a client refuses a server's certificate; the connection has the same error everywhere.</summary>
    private static string Refusal(X509Certificate2 certificate, TlsClientOptions? options = null)
    {
        TlsPair pair = new();
        (Task client, _) = pair.StartTls(options, new TlsServerOptions(certificate));
        ConnectionException error = pair.Error(client, ConnectionErrorKind.CertificateRejected);
        pair.Client.Writer.IsClosing.ShouldBeTrue();
        pair.Error(pair.Client.Writer.WaitClosedAsync(), ConnectionErrorKind.CertificateRejected).ShouldBeSameAs(error);
        pair.Client.Reader.Exception.ShouldBeSameAs(error);
        pair.Client.Tls.ShouldBeNull();
        return error.Message;
    }
}
