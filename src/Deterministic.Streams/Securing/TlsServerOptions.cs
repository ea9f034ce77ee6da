using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams;

/// <summary>How a server speaks TLS.</summary>
/// <param name="Authentication">The certificate to show, and everything else about the server. Copied for each connection and not changed.</param>
/// <exception cref="ArgumentException">It has no certificate, or one without its private key.</exception>
public sealed record TlsServerOptions(SslServerAuthenticationOptions Authentication) : TlsOptions
{
    /// <summary>A server with a certificate, and the defaults for all else.</summary>
    /// <param name="certificate">With its private key; stays the caller's.</param>
    /// <exception cref="ArgumentException">It has no private key.</exception>
    public TlsServerOptions(X509Certificate2 certificate)
        : this(new SslServerAuthenticationOptions { ServerCertificate = certificate }) { }

    /// <summary>The certificate to show, and everything else about the server. Copied for each connection and not changed.</summary>
    /// <exception cref="ArgumentException">It has no certificate, or one without its private key.</exception>
    public SslServerAuthenticationOptions Authentication
    {
        get;
        init => field = Checked(value);
    } = Checked(Authentication);

    private static SslServerAuthenticationOptions Checked(SslServerAuthenticationOptions authentication)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        if (
            authentication is
            { ServerCertificate: null, ServerCertificateContext: null, ServerCertificateSelectionCallback: null }
        )
        {
            throw new ArgumentException(
                "A TLS server needs a certificate: set ServerCertificate, ServerCertificateContext or ServerCertificateSelectionCallback.",
                nameof(authentication)
            );
        }

        if (authentication.ServerCertificate is X509Certificate2 { HasPrivateKey: false } certificate)
        {
            throw new ArgumentException(
                $"The certificate '{certificate.Subject}' comes without its private key, so that no server can prove that it is the owner's.",
                nameof(authentication)
            );
        }

        return authentication;
    }
}
