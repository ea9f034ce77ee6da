using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Examples;
using Deterministic.Streams;

namespace Deterministic.Interop;

/// <summary>Keys and certificates as files, for other programs.</summary>
internal static class TlsFiles
{
    /// <summary>What to serve with.</summary>
    /// <param name="files">A certificate and its key, both PEM.</param>
    public static TlsServerOptions Serve(string[] files) =>
        new(
            new SslServerAuthenticationOptions
            {
                ServerCertificate = X509Certificate2.CreateFromPemFile(files[0], files[1]),
            }
        );

    /// <summary>What to connect with.</summary>
    /// <param name="certificate">The only one that is trusted.</param>
    /// <param name="name">Whose it must be.</param>
    public static TlsClientOptions Trust(string certificate, string name) =>
        SelfMadeCertificate.Trust(X509CertificateLoader.LoadCertificateFromFile(certificate)) with
        {
            ServerName = name,
        };
}
