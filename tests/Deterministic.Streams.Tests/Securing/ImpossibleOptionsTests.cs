using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Streams.Ssl;

#pragma warning disable CA1416, SYSLIB0039, SYSLIB0040, CS0618, CA5397, CA5398 // What is tried here is refused, whatever the system.

namespace Deterministic.Streams.Tests;

/// <summary>TLS options with which no handshake can succeed are refused where they are made.</summary>
public sealed class ImpossibleOptionsTests
{
    private const SslProtocols Undefined = (SslProtocols)(1 << 20);

    private static readonly X509Certificate2 KeylessServer = Keyless(Certificates.Server);
    private static readonly X509Certificate2 KeylessClient = Keyless(Certificates.Client);

    /// <summary>What both sides have, and what the error says.</summary>
    public static TheoryData<string, string> OfBothSides =>
        new()
        {
            { "alpn-empty", "ApplicationProtocols" },
            { "alpn-one-of-two-empty", "ApplicationProtocols" },
            { "alpn-too-long", "65535" },
            { "protocols-undefined", "EnabledSslProtocols" },
            { "protocols-undefined-too", "EnabledSslProtocols" },
            { "protocols-gone", "EnabledSslProtocols" },
            { "protocols-gap", "EnabledSslProtocols" },
            { "suites-none", "CipherSuitesPolicy" },
            { "suites-1.3-only-for-1.2", "CipherSuitesPolicy" },
            { "suites-1.2-only-for-1.3", "CipherSuitesPolicy" },
            { "suites-1.2-only-for-both", "CipherSuitesPolicy" },
            { "no-encryption-in-1.3", "EncryptionPolicy" },
            { "no-encryption-and-suites", "EncryptionPolicy" },
        };

    [Clause("C-OPEN-15")]
    [Theory]
    [MemberData(nameof(OfBothSides))]
    public void Of_both_sides(string what, string said)
    {
        SslClientAuthenticationOptions client = new();
        SslServerAuthenticationOptions server = new() { ServerCertificate = Certificates.Server };
        (
            List<SslApplicationProtocol>? alpn,
            SslProtocols protocols,
            CipherSuitesPolicy? suites,
            EncryptionPolicy encryption
        ) = Make(what);
        (client.ApplicationProtocols, server.ApplicationProtocols) = (alpn, alpn);
        (client.EnabledSslProtocols, server.EnabledSslProtocols) = (protocols, protocols);
        (client.CipherSuitesPolicy, server.CipherSuitesPolicy) = (suites, suites);
        (client.EncryptionPolicy, server.EncryptionPolicy) = (encryption, encryption);
        Should
            .Throw<ArgumentException>(() => new TlsClientOptions { Authentication = client })
            .Message.ShouldContain(said);
        Should.Throw<ArgumentException>(() => new TlsServerOptions(server)).Message.ShouldContain(said);
    }

    [Clause("C-OPEN-15")]
    [Theory]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.example", "63")] // A label of 64.
    [InlineData("a..example", "empty")]
    [InlineData("server.example\0.trusted", "U+0000")]
    [InlineData("server.example:443", "port")]
    [InlineData("https://server.example", "only the host")]
    public void A_server_name_that_is_none(string name, string said)
    {
        Should.Throw<ArgumentException>(() => new TlsClientOptions { ServerName = name }).Message.ShouldContain(said);
        Should
            .Throw<ArgumentException>(() =>
                new TlsClientOptions { Authentication = new SslClientAuthenticationOptions { TargetHost = name } }
            )
            .Message.ShouldContain(said);
    }

    [Clause("C-OPEN-15")]
    [Fact]
    public void A_server_without_a_certificate_that_it_can_prove_to_own()
    {
        using X509Certificate2 gone = Certificates.Issue("gone");
        gone.Dispose();
        Refused(new SslServerAuthenticationOptions()).ShouldContain("needs a certificate");
        Refused(new SslServerAuthenticationOptions { ServerCertificate = KeylessServer }).ShouldContain("private key");
        Refused(new SslServerAuthenticationOptions { ServerCertificate = gone }).ShouldContain("disposed");
        Refused(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = Certificates.Server,
                    AllowRsaPssPadding = false,
                    EnabledSslProtocols = SslProtocols.Tls13,
                }
            )
            .ShouldContain("AllowRsaPssPadding");
    }

    [Clause("C-OPEN-15")]
    [Fact]
    public void A_client_with_certificates_of_which_it_can_prove_none()
    {
        ArgumentException error = Should.Throw<ArgumentException>(() =>
            new TlsClientOptions
            {
                Authentication = new SslClientAuthenticationOptions { ClientCertificates = [KeylessClient] },
            }
        );
        error.Message.ShouldContain("private key");
        error.Message.ShouldContain("CN=client.example");
        X509Certificate2 gone = Certificates.Issue("gone");
        gone.Dispose();
        Should
            .Throw<ArgumentException>(() =>
                new TlsClientOptions
                {
                    Authentication = new SslClientAuthenticationOptions { ClientCertificates = [gone] },
                }
            )
            .Message.ShouldContain("disposed");
    }

    /// <summary>A callback of the program's may find the key elsewhere.</summary>
    [Clause("C-OPEN-15")]
    [Fact]
    public void Certificates_that_a_callback_chooses_from_may_come_without_their_keys() =>
        _ = new TlsClientOptions
        {
            Authentication = new SslClientAuthenticationOptions
            {
                ClientCertificates = [KeylessClient],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => Certificates.Client,
            },
        };

    /// <summary>The runtime takes the first of the list and gives up if that has no key, as the first of a file of certificates may.</summary>
    [Clause("C-OPEN-15")]
    [Fact]
    public void A_client_shows_the_first_certificate_that_has_its_key()
    {
        TlsPair pair = TlsPair.Secured(
            TlsPair.ClientOptions with
            {
                Authentication = new()
                {
                    CertificateChainPolicy = Certificates.Trust(),
                    ClientCertificates =
                    [
                        Certificates.Authority.HasPrivateKey ? KeylessServer : Certificates.Authority,
                        Certificates.Client,
                    ],
                },
            },
            new TlsServerOptions(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = Certificates.Server,
                    ClientCertificateRequired = true,
                    CertificateChainPolicy = Certificates.Trust(),
                }
            )
        );
        pair.ShouldCarry();
        pair.Server.Tls!.RemoteCertificate!.Subject.ShouldBe("CN=client.example");
        pair.Client.Tls!.LocalCertificate!.Subject.ShouldBe("CN=client.example");
    }

    /// <summary>What looks odd and works is left alone.</summary>
    [Clause("C-OPEN-15")]
    [Fact]
    public void What_can_work_is_not_refused()
    {
        TlsPair
            .Secured(
                TlsPair.ClientOptions with
                {
                    Authentication = Client(options => options.ApplicationProtocols = []),
                }
            )
            .ShouldCarry();
        TlsPair
            .Secured(TlsPair.ClientOptions with { Authentication = Client(options => options.ClientCertificates = []) })
            .ShouldCarry();
        TlsPair
            .Secured(
                TlsPair.ClientOptions with
                {
                    Authentication = Client(options =>
                        options.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13
                    ),
                }
            )
            .ShouldCarry();
        if (OperatingSystem.IsLinux())
        {
            TlsPair
                .Secured(
                    TlsPair.ClientOptions with
                    {
                        Authentication = Client(options =>
                            options.CipherSuitesPolicy = new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_128_GCM_SHA256])
                        ),
                    }
                )
                .ShouldCarry();
        }
    }

    private static SslClientAuthenticationOptions Client(Action<SslClientAuthenticationOptions> change)
    {
        SslClientAuthenticationOptions options = Certificates.ClientAuthentication();
        change(options);
        return options;
    }

    private static (List<SslApplicationProtocol>?, SslProtocols, CipherSuitesPolicy?, EncryptionPolicy) Make(
        string what
    )
    {
        const EncryptionPolicy Encrypt = EncryptionPolicy.RequireEncryption;
        const SslProtocols Both = SslProtocols.Tls12 | SslProtocols.Tls13;
        return what switch
        {
            "alpn-empty" => ([default], SslProtocols.None, null, Encrypt),
            "alpn-one-of-two-empty" => ([SslApplicationProtocol.Http2, default], SslProtocols.None, null, Encrypt),
            "alpn-too-long" => (
                [.. Enumerable.Range(0, 256).Select(_ => new SslApplicationProtocol(new byte[255]))],
                SslProtocols.None,
                null,
                Encrypt
            ),
            "protocols-undefined" => (null, Undefined, null, Encrypt),
            "protocols-undefined-too" => (null, Undefined | SslProtocols.Tls13, null, Encrypt),
            "protocols-gone" => (null, SslProtocols.Ssl2 | SslProtocols.Ssl3, null, Encrypt),
            "protocols-gap" => (null, SslProtocols.Tls | SslProtocols.Tls12, null, Encrypt),
            "suites-none" => (null, SslProtocols.None, new CipherSuitesPolicy([]), Encrypt),
            "suites-1.3-only-for-1.2" => (
                null,
                SslProtocols.Tls12,
                new CipherSuitesPolicy([TlsCipherSuite.TLS_AES_128_GCM_SHA256]),
                Encrypt
            ),
            "suites-1.2-only-for-1.3" => (null, SslProtocols.Tls13, OfTls12(), Encrypt),
            "suites-1.2-only-for-both" => (null, Both, OfTls12(), Encrypt),
            "no-encryption-in-1.3" => (null, Both, null, EncryptionPolicy.NoEncryption),
            "no-encryption-and-suites" => (null, SslProtocols.Tls12, OfTls12(), EncryptionPolicy.NoEncryption),
            _ => throw new ArgumentException(what, nameof(what)),
        };
    }

    private static CipherSuitesPolicy OfTls12() => new([TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]);

    private static string Refused(SslServerAuthenticationOptions options) =>
        Should.Throw<ArgumentException>(() => new TlsServerOptions(options)).Message;

    private static X509Certificate2 Keyless(X509Certificate2 certificate) =>
        X509CertificateLoader.LoadCertificate(certificate.RawData);
}
