using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Core;
using Deterministic.Streams;

namespace Deterministic.Sockets.Tests;

/// <summary>
/// The runtime keeps sessions for the whole process, by certificate and version of TLS: a client that has one of a server offers it to every other server that shares the certificate.
/// None of that may be noticed.
/// </summary>
[Collection(Alone.Name)]
public sealed class ResumptionTests : GuardedTest
{
    private const int Visits = 3;

    private static readonly X509Certificate2 OtherClient = Certificates.Issue("other.client.example");

    /// <summary>Letters say which server is visited: P asks for no certificate of the client, C for one.</summary>
    public static TheoryData<SslProtocols, string> Orders
    {
        get
        {
            TheoryData<SslProtocols, string> orders = [];
            foreach (SslProtocols version in new[] { SslProtocols.Tls12, SslProtocols.Tls13 })
            {
                foreach (string order in new[] { "PPC", "CCP", "PCPC", "CPCP" })
                {
                    orders.Add(version, order);
                }
            }

            return orders;
        }
    }

    [Clause("C-SRV-12")]
    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Servers_that_share_a_certificate_do_not_share_sessions_that_one_of_them_must_refuse(
        SslProtocols version,
        string order
    )
    {
        X509Certificate2 certificate = Certificates.Issue("localhost");
        await using StreamServer plain = await ServeAsync(Server(certificate, version, asksForCertificate: false));
        await using StreamServer careful = await ServeAsync(Server(certificate, version, asksForCertificate: true));
        foreach (char one in order)
        {
            (string client, string server) = await VisitAsync(
                one == 'C' ? careful : plain,
                Client(version, Certificates.Client)
            );
            string expected = one == 'C' ? "CN=client.example" : "none";
            client.ShouldBe(expected, $"what the client says that it has shown, in {order}");
            server.ShouldBe(expected, $"what the server has seen, in {order}");
        }
    }

    [Clause("C-SRV-12")]
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_client_that_comes_again_shows_the_certificate_that_it_has_now(SslProtocols version)
    {
        await using StreamServer server = await ServeAsync(
            Server(Certificates.Issue("localhost"), version, asksForCertificate: true)
        );
        X509Certificate2[] shown = [Certificates.Client, Certificates.Client, OtherClient, Certificates.Client];
        foreach (X509Certificate2 certificate in shown)
        {
            (string Client, string Server) seen = await VisitAsync(server, Client(version, certificate));
            seen.ShouldBe((certificate.Subject, certificate.Subject));
        }
    }

    /// <summary>A stream of the runtime's, which resumes whenever it may, and then does not know any more what was shown: that is how to tell.</summary>
    [Clause("C-SRV-12")]
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_server_can_allow_such_clients_to_resume(bool isAllowed)
    {
        await using StreamServer server = await ServeAsync(
            Server(Certificates.Issue("localhost"), SslProtocols.Tls13, asksForCertificate: true) with
            {
                ResumeClientCertificateSessions = isAllowed,
            }
        );
        SslClientAuthenticationOptions options = new()
        {
            TargetHost = "localhost",
            CertificateChainPolicy = Certificates.Trust(),
            ClientCertificateContext = SslStreamCertificateContext.Create(Certificates.Client, null, offline: true),
        };
        List<bool> resumed = [];
        for (int visit = 0; visit < Visits; visit++)
        {
            using TcpClient tcp = new("127.0.0.1", server.Port());
            await using SslStream stream = new(tcp.GetStream());
            await stream.AuthenticateAsClientAsync(options, Guard);
            using StreamReader reader = new(stream, leaveOpen: true);
            (await reader.ReadLineAsync(Guard)).ShouldBe("CN=client.example");
            resumed.Add(stream.LocalCertificate is null);
            await stream.ShutdownAsync();
        }

        resumed[^1].ShouldBe(isAllowed);
        resumed[0].ShouldBeFalse();
    }

    /// <summary>The runtime remembers what a lenient connection has accepted; it must not count for a strict one.</summary>
    [Clause("C-SRV-12")]
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_server_that_a_lenient_client_has_accepted_is_still_checked_by_a_strict_one(SslProtocols version)
    {
        using X509Certificate2 myself = Certificates.NewAuthority("localhost");
        await using StreamServer server = await ServeAsync(Server(myself, version, asksForCertificate: false));
        TlsClientOptions lenient = new()
        {
            ServerName = "localhost",
            Authentication = new()
            {
                EnabledSslProtocols = version,
                RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null,
            },
        };
        for (int visit = 0; visit < Visits; visit++)
        {
            await VisitAsync(server, lenient);
        }

        await VisitAsync(server, Client(version, null)).ShouldFailAsync(ConnectionErrorKind.CertificateRejected);
    }

    private static TlsServerOptions Server(
        X509Certificate2 certificate,
        SslProtocols version,
        bool asksForCertificate
    ) =>
        new(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = certificate,
                EnabledSslProtocols = version,
                ClientCertificateRequired = asksForCertificate,
                CertificateChainPolicy = asksForCertificate ? Certificates.Trust() : null,
            }
        );

    private static TlsClientOptions Client(SslProtocols version, X509Certificate2? certificate) =>
        new()
        {
            ServerName = "localhost",
            Authentication = new()
            {
                CertificateChainPolicy = Certificates.Trust(),
                EnabledSslProtocols = version,
                ClientCertificates = certificate is null ? null : [certificate],
            },
        };

    /// <summary>A server that says which certificate it has seen.</summary>
    private ValueTask<StreamServer> ServeAsync(TlsServerOptions options) =>
        SocketNetwork.Default.StartServerAsync(
            async connection =>
            {
                connection.Writer.Write(
                    System.Text.Encoding.UTF8.GetBytes((connection.Tls!.RemoteCertificate?.Subject ?? "none") + "\n")
                );
                await connection.Reader.ReadToEndAsync(Guard);
            },
            "127.0.0.1",
            0,
            new ServerOptions { Tls = options },
            Guard
        );

    /// <returns>The certificate of the client, as each side knows it.</returns>
    private async Task<(string Client, string Server)> VisitAsync(StreamServer server, TlsClientOptions options)
    {
        await using Connection connection = await SocketNetwork.Default.OpenConnectionAsync(
            server.Address(),
            new ClientOptions { Tls = options },
            Guard
        );
        // The sessions of TLS 1.3 come with the first data.
        string seen = System.Text.Encoding.UTF8.GetString(await connection.Reader.ReadLineAsync(Guard));
        return (connection.Tls!.LocalCertificate?.Subject ?? "none", seen.TrimEnd('\n'));
    }
}
