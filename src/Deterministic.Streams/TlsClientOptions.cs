using System.Net.Security;
using Deterministic.Streams.Naming;
using Deterministic.Streams.Ssl;

namespace Deterministic.Streams;

/// <summary>How a client speaks TLS.</summary>
public sealed record TlsClientOptions : TlsOptions
{
    /// <summary>The defaults: the server's certificate must be trusted by this machine and be for the host that is connected to.</summary>
    public static TlsClientOptions Default { get; } = new();

    /// <summary>
    /// The name or address whose certificate the server must show. Null takes it from <see cref="Authentication"/>, else from the host that was connected to; where there is neither
    /// (a Unix path, a socket that was connected elsewhere), TLS is refused before anything is sent. Clauses C-OPEN-03, W-STLS-05.
    /// </summary>
    /// <exception cref="ArgumentException">The value is no host: clause C-OPEN-13.</exception>
    public string? ServerName
    {
        get;
        init
        {
            if (value is not null)
            {
                _ = HostText.Parse(value, nameof(value));
            }

            field = value;
        }
    }

    /// <summary>
    /// Whether the name is sent to the server unencrypted (SNI, RFC 6066), so that one server can have certificates for several names. True. Names are sent in ASCII and without a
    /// trailing dot; addresses never are. If false the name is checked all the same. Clause C-OPEN-14.
    /// </summary>
    public bool SendServerName { get; init; } = true;

    /// <summary>
    /// Everything else about the client: protocols, certificates, application protocols, validation. Null for the defaults. Copied for each connection and not changed.
    /// The check of the server's certificate is switched off by its <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>, and by nothing else.
    /// </summary>
    /// <remarks>
    /// Of several <see cref="SslClientAuthenticationOptions.ClientCertificates"/> those that come without their private keys are left out. A client that has certificates resumes no sessions:
    /// each connection shows the certificate that its own options have.
    /// </remarks>
    /// <exception cref="ArgumentException">No handshake could succeed with it: clause C-OPEN-15. The message names the property.</exception>
    public SslClientAuthenticationOptions? Authentication
    {
        get;
        init => field = value is null ? null : SslOptionsCheck.Checked(value);
    }
}
