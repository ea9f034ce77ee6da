using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Examples;
using Deterministic.Streams;

namespace Deterministic.Soak.Running;

/// <summary>What the connections of a round are made over.</summary>
internal sealed class Road : IDisposable
{
    private readonly DirectoryInfo? _directory;
    private readonly X509Certificate2? _certificate;

    private Road(EndPoint address, DirectoryInfo? directory = null, X509Certificate2? certificate = null)
    {
        Address = address;
        _directory = directory;
        _certificate = certificate;
    }

    /// <summary>Where the server is.</summary>
    public EndPoint Address { get; }

    /// <summary>Whether a connection that is given up early can fail before any handler hears of it.</summary>
    public bool ShakesHands => _certificate is not null;

    public static Road Open(TransportKind kind)
    {
        IPEndPoint loopback = new(IPAddress.Loopback, 0);
        if (kind == TransportKind.Unix)
        {
            DirectoryInfo directory = Directory.CreateTempSubdirectory("soak-");
            return new Road(new UnixDomainSocketEndPoint(Path.Combine(directory.FullName, "socket")), directory);
        }

        return kind == TransportKind.Tls
            ? new Road(loopback, certificate: SelfMadeCertificate.Create(TimeProvider.System))
            : new Road(loopback);
    }

    public ServerOptions Secure(ServerOptions options) =>
        _certificate is null
            ? options
            : options with
            {
                Tls = new TlsServerOptions(new SslServerAuthenticationOptions { ServerCertificate = _certificate })
                {
                    // As over TCP: the plans end one half before the other.
                    AllowHalfClose = true,
                },
            };

    public ClientOptions Secure(ClientOptions options) =>
        _certificate is null
            ? options
            : options with
            {
                Tls = SelfMadeCertificate.Trust(_certificate) with { AllowHalfClose = true },
            };

    public void Dispose()
    {
        _directory?.Delete(recursive: true);
        _certificate?.Dispose();
    }
}
