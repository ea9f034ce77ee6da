using System.Net.Security;

namespace Deterministic.Streams;

/// <summary>How a client speaks TLS.</summary>
public sealed record TlsClientOptions : TlsOptions
{
    /// <summary>The defaults: the server's certificate must be trusted by this machine and be for the host that is connected to.</summary>
    public static TlsClientOptions Default { get; } = new();

    /// <summary>
    /// Whose certificate the server must show, by name or address. Null takes it from <see cref="Authentication"/>, else from the host that was connected to; where there is neither
    /// (a Unix path, a socket that was connected elsewhere), TLS is refused before anything is sent. Clauses C-OPEN-03, W-STLS-05.
    /// </summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string? ServerName
    {
        get;
        init
        {
            if (value is not null)
            {
                ArgumentException.ThrowIfNullOrEmpty(value);
            }

            field = value;
        }
    }

    /// <summary>
    /// Everything else about the client: protocols, certificates, application protocols, validation. Null for the defaults. Copied for each connection and not changed.
    /// The check of the server's certificate is switched off by its <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>, and by nothing else.
    /// </summary>
    public SslClientAuthenticationOptions? Authentication { get; init; }
}
