using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deterministic.Streams;

namespace Deterministic.Examples;

/// <summary>A certificate for this machine alone, made on the spot. A client that is to trust it needs its PEM.</summary>
public static class SelfMadeCertificate
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <returns>Valid for <c>localhost</c>, 127.0.0.1 and ::1 for a week. The caller disposes of it.</returns>
    public static X509Certificate2 Create(TimeProvider time)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        SubjectAlternativeNameBuilder names = new();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], false));
        // It vouches for itself, so that a client can be told to trust just it.
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));

        DateTimeOffset now = time.GetUtcNow();
        // Clocks differ by a little.
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(7));
    }

    /// <summary>For clients: trusts one certificate, and no other.</summary>
    public static TlsClientOptions Trust(X509Certificate2 certificate) =>
        new()
        {
            Authentication = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { certificate },
                    // Nobody keeps a list of those that it revoked.
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            },
        };
}
