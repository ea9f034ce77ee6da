using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Streams.Ssl;

namespace Deterministic.Streams;

/// <summary>How a server speaks TLS.</summary>
/// <param name="Authentication">The certificate to show, and everything else about the server. Copied for each connection and not changed.</param>
/// <exception cref="ArgumentException">It has no certificate, one without its private key, or no handshake could succeed with it: clause C-OPEN-15.</exception>
public sealed record TlsServerOptions(SslServerAuthenticationOptions Authentication) : TlsOptions
{
    /// <summary>A server with a certificate, and the defaults for all else.</summary>
    /// <param name="certificate">With its private key; stays the caller's.</param>
    /// <exception cref="ArgumentException">It has no private key.</exception>
    public TlsServerOptions(X509Certificate2 certificate)
        : this(new SslServerAuthenticationOptions { ServerCertificate = certificate }) { }

    /// <summary>The certificate to show, and everything else about the server. Copied for each connection and not changed.</summary>
    /// <remarks>
    /// With a <see cref="SslServerAuthenticationOptions.ServerCertificateSelectionCallback"/> that is asked first; where it returns null, the certificate that is set is shown.
    /// </remarks>
    /// <exception cref="ArgumentException">It has no certificate, one without its private key, or no handshake could succeed with it: clause C-OPEN-15.</exception>
    public SslServerAuthenticationOptions Authentication
    {
        get;
        init => field = SslOptionsCheck.Checked(value);
    } = SslOptionsCheck.Checked(Authentication);

    /// <summary>
    /// Whether a client that has shown a certificate may resume its session: a shorter handshake, without certificates. False. Has no effect where no certificate is asked for.
    /// </summary>
    /// <remarks>
    /// .NET keeps sessions for all servers of a process that show the same certificate. If those differ in what they ask of clients, a session of one makes another refuse the client:
    /// set this only where no other server of the process shows the same certificate, or all ask for the same. Clause C-SRV-12.
    /// </remarks>
    public bool ResumeClientCertificateSessions { get; init; }
}
