using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Tests;

/// <summary>An authority and certificates of it, made in memory: valid from 1990 to 2100, so also at the dates of worlds with a time of their own.</summary>
internal static class Certificates
{
    public const string ServerName = "server.example";

    private static readonly DateTimeOffset Begin = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Lazy<X509Certificate2> LazyAuthority = new(() => NewAuthority("Test Authority"));
    private static readonly Lazy<X509Certificate2> LazyServer = new(() =>
        Issue(ServerName, "localhost", "127.0.0.1", "::1")
    );
    private static readonly Lazy<X509Certificate2> LazyClient = new(() => Issue("client.example"));

    public static X509Certificate2 Authority => LazyAuthority.Value;

    /// <summary>For <see cref="ServerName"/>, localhost and its addresses.</summary>
    public static X509Certificate2 Server => LazyServer.Value;

    public static X509Certificate2 Client => LazyClient.Value;

    /// <summary>Trusts the authority, and nobody else.</summary>
    public static X509ChainPolicy Trust(X509RevocationMode revocation = X509RevocationMode.NoCheck)
    {
        X509ChainPolicy policy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = revocation,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.Add(Authority);
        return policy;
    }

    /// <summary>The options of a client that trusts the authority.</summary>
    public static SslClientAuthenticationOptions ClientAuthentication() => new() { CertificateChainPolicy = Trust() };

    public static X509Certificate2 NewAuthority(string name)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true)
        );
        return request.CreateSelfSigned(Begin, End);
    }

    public static X509Certificate2 Issue(params string[] names) => Issue(Authority, Begin, End, names);

    /// <summary>A certificate for names and addresses, with its key.</summary>
    public static X509Certificate2 Issue(
        X509Certificate2 authority,
        DateTimeOffset begin,
        DateTimeOffset end,
        params string[] names
    )
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new($"CN={names[0]}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder alternatives = new();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        using X509Certificate2 certificate = request.Create(authority, begin, end, [1, 2, 3, 4, 5, 6, 7, 8]);
        return certificate.CopyWithPrivateKey(key);
    }
}
