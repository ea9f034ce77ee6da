using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Streams.Naming;

namespace Deterministic.Streams.Ssl;

/// <summary>Finds options with which no handshake can ever succeed, so that a mistake shows where it is made. Clause C-OPEN-15.</summary>
/// <remarks>What depends on the peer, on the time or on how the system is configured is none of it: an old version of TLS, an expired certificate.</remarks>
internal static class SslOptionsCheck
{
    public static SslClientAuthenticationOptions Checked(SslClientAuthenticationOptions authentication)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        if (!string.IsNullOrEmpty(authentication.TargetHost))
        {
            _ = HostText.Parse(authentication.TargetHost, nameof(authentication));
        }

        if (
            authentication
                is {
                    ClientCertificates: { Count: > 0 } certificates,
                    ClientCertificateContext: null,
                    LocalCertificateSelectionCallback: null
                }
            && ClientCertificates.WithKeys(certificates).Count == 0
        )
        {
            throw Impossible(
                $"of the ClientCertificates ({Subjects(certificates)}) none comes with its private key, so that the client can't prove that it is the owner"
            );
        }

        ThrowIfImpossible(
            new SharedSslOptions(
                authentication.ApplicationProtocols,
                authentication.EnabledSslProtocols,
                authentication.CipherSuitesPolicy,
                authentication.EncryptionPolicy
            )
        );
        return authentication;
    }

    public static SslServerAuthenticationOptions Checked(SslServerAuthenticationOptions authentication)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        if (
            authentication is
            { ServerCertificate: null, ServerCertificateContext: null, ServerCertificateSelectionCallback: null }
        )
        {
            throw Impossible(
                "a TLS server needs a certificate: set ServerCertificate, ServerCertificateContext or ServerCertificateSelectionCallback"
            );
        }

        if (authentication is { ServerCertificate: X509Certificate2 certificate, ServerCertificateContext: null })
        {
            ThrowIfUnusable(certificate);
        }

        ThrowIfNoSignatureIsLeft(authentication);
        ThrowIfImpossible(
            new SharedSslOptions(
                authentication.ApplicationProtocols,
                authentication.EnabledSslProtocols,
                authentication.CipherSuitesPolicy,
                authentication.EncryptionPolicy
            )
        );
        return authentication;
    }

    private static string Subjects(X509CertificateCollection certificates) =>
        string.Join(
            ", ",
            certificates
                .OfType<X509Certificate>()
                .Select(static certificate =>
                    certificate.Handle == IntPtr.Zero ? "one that was disposed of" : $"'{certificate.Subject}'"
                )
        );

    private static void ThrowIfImpossible(SharedSslOptions options)
    {
        if (options.Fault is { } fault)
        {
            throw Impossible(fault);
        }
    }

    private static void ThrowIfUnusable(X509Certificate2 certificate)
    {
        if (certificate.Handle == IntPtr.Zero)
        {
            throw Impossible("the ServerCertificate was disposed of");
        }

        if (!certificate.HasPrivateKey)
        {
            throw Impossible(
                $"the certificate '{certificate.Subject}' comes without its private key, so that no server can prove that it is the owner's"
            );
        }
    }

    /// <summary>TLS 1.3 knows only one way to sign with an RSA key.</summary>
    private static void ThrowIfNoSignatureIsLeft(SslServerAuthenticationOptions authentication)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
        {
            return;
        }

        X509Certificate2? certificate =
            authentication.ServerCertificateContext?.TargetCertificate
            ?? authentication.ServerCertificate as X509Certificate2;
        if (
            !authentication.AllowRsaPssPadding
            && authentication is { EnabledSslProtocols: SslProtocols.Tls13, ServerCertificateSelectionCallback: null }
            && certificate is not null
            && string.Equals(certificate.GetKeyAlgorithm(), RsaKey, StringComparison.Ordinal)
        )
        {
            throw Impossible(
                "without AllowRsaPssPadding nothing can be signed in TLS 1.3 by the certificate's RSA key: allow it, or enable TLS 1.2 too"
            );
        }
    }

    /// <summary>The object identifier of RSA keys, RFC 8017.</summary>
    private const string RsaKey = "1.2.840.113549.1.1.1";

    private static ArgumentException Impossible(string fault, string parameter = "authentication") =>
        new($"No TLS handshake can succeed: {fault}.", parameter);
}
