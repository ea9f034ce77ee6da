using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams.Ssl;

/// <summary>The certificates that a client may show.</summary>
internal static class ClientCertificates
{
    /// <summary>Those that come with their private keys. <see cref="SslStream"/> looks at the first only, and shows none if that has no key.</summary>
    /// <param name="certificates">Such as all of a file, in which those of the issuers stand too.</param>
    public static X509CertificateCollection WithKeys(X509CertificateCollection certificates) =>
        [
            .. certificates
                .OfType<X509Certificate>()
                .Where(static certificate => certificate is not X509Certificate2 known || HasKey(known)),
        ];

    /// <summary>False also for one that was disposed of.</summary>
    private static bool HasKey(X509Certificate2 certificate) =>
        certificate.Handle != IntPtr.Zero && certificate.HasPrivateKey;

    /// <summary>
    /// A client that may show a certificate makes each handshake in full: a session of TLS 1.3 does not record which was shown when it began, nor whether any was requested.
    /// </summary>
    public static void Apply(SslClientAuthenticationOptions own)
    {
        if (own.LocalCertificateSelectionCallback is null && own.ClientCertificates is { } certificates)
        {
            own.ClientCertificates = WithKeys(certificates);
        }

        own.AllowTlsResume &=
            own
                is {
                    ClientCertificateContext: null,
                    LocalCertificateSelectionCallback: null,
                    ClientCertificates: null or { Count: 0 }
                };
    }
}
