using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams.Ssl;

/// <summary>What is different where time is not the machine's: in a simulation, and in a test that makes its own. See <see cref="SslStreamEngine"/>.</summary>
internal static class CustomTimeProvider
{
    public static bool Is(TimeProvider time) => time != TimeProvider.System;

    public static void Apply(SslClientAuthenticationOptions options, TimeProvider time)
    {
        if (Is(time))
        {
            options.AllowTlsResume = false;
            options.CertificateChainPolicy = At(
                time,
                options.CertificateChainPolicy,
                options.CertificateRevocationCheckMode
            );
        }
    }

    public static void Apply(SslServerAuthenticationOptions options, TimeProvider time)
    {
        if (!Is(time))
        {
            return;
        }

        options.AllowTlsResume = false;
        if (options.ClientCertificateRequired)
        {
            options.CertificateChainPolicy = At(
                time,
                options.CertificateChainPolicy,
                options.CertificateRevocationCheckMode
            );
        }
    }

    /// <summary>The policy of the program, whose own time of verification stands, or the runtime's, that downloads nothing.</summary>
    private static X509ChainPolicy At(TimeProvider time, X509ChainPolicy? policy, X509RevocationMode revocation)
    {
        policy ??= new X509ChainPolicy
        {
            RevocationMode = revocation,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
            DisableCertificateDownloads = true,
        };
        if (policy.VerificationTimeIgnored)
        {
            policy.VerificationTime = time.GetUtcNow().UtcDateTime;
        }

        return policy;
    }
}
