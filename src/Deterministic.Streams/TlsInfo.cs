using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams;

/// <summary>What the two sides of a TLS connection agreed on. Stays known after the close. Clauses W-INFO-01, W-INFO-02.</summary>
public sealed record TlsInfo
{
    /// <summary>Whether this side is the server.</summary>
    public required bool IsServer { get; init; }

    /// <summary>The version of TLS.</summary>
    public required SslProtocols Protocol { get; init; }

    /// <summary>The cipher suite.</summary>
    public required TlsCipherSuite CipherSuite { get; init; }

    /// <summary>On a client the name that the certificate was checked against, on a server the one that the client asked for (SNI); empty if there was none.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The application protocol that was agreed on (ALPN); null if none was.</summary>
    public SslApplicationProtocol? ApplicationProtocol { get; init; }

    /// <summary>The peer's certificate; null if it showed none. Of the connection: not to be disposed of while it may still be asked for.</summary>
    public X509Certificate2? RemoteCertificate { get; init; }

    /// <summary>The certificate that this side showed; null if none. The program's.</summary>
    public X509Certificate2? LocalCertificate { get; init; }
}
