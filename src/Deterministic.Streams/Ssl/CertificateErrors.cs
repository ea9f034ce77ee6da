using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams.Ssl;

/// <summary>What is wrong with a certificate, in words that name the name, the date or the issuer.</summary>
internal static class CertificateErrors
{
    public static string Describe(
        X509Certificate2? certificate,
        X509Chain? chain,
        SslPolicyErrors errors,
        string? serverName
    )
    {
        if (certificate is null)
        {
            return "it showed none";
        }

        List<string> faults = [];
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            faults.Add($"it is for {NamesIn(certificate)}, not for '{serverName}'");
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) && chain is not null)
        {
            faults.AddRange(FaultsOf(chain, certificate).Distinct(StringComparer.Ordinal));
        }

        return faults.Count == 0 ? errors.ToString() : string.Join("; ", faults);
    }

    /// <summary>The names and addresses that a certificate is for, else its subject.</summary>
    private static string NamesIn(X509Certificate2 certificate)
    {
        List<string> names = [];
        foreach (
            X509SubjectAlternativeNameExtension extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
        )
        {
            names.AddRange(extension.EnumerateDnsNames().Select(name => $"'{name}'"));
            names.AddRange(extension.EnumerateIPAddresses().Select(static address => $"'{address}'"));
        }

        return names.Count == 0 ? $"the subject '{certificate.Subject}'" : string.Join(", ", names);
    }

    private static IEnumerable<string> FaultsOf(X509Chain chain, X509Certificate2 leaf)
    {
        foreach (X509ChainElement element in chain.ChainElements)
        {
            X509Certificate2 at = element.Certificate;
            string which = at.RawDataMemory.Span.SequenceEqual(leaf.RawDataMemory.Span)
                ? "it"
                : $"its issuer's certificate '{at.Subject}'";
            foreach (X509ChainStatus status in element.ChainElementStatus)
            {
                yield return FaultOf(status, at, which, chain.ChainPolicy);
            }
        }

        if (chain.ChainElements.Count == 0)
        {
            foreach (X509ChainStatus status in chain.ChainStatus)
            {
                yield return FaultOf(status, leaf, "it", chain.ChainPolicy);
            }
        }
    }

    /// <summary>One fault of one certificate of the chain.</summary>
    public static string FaultOf(X509ChainStatus status, X509Certificate2 at, string which, X509ChainPolicy policy) =>
        status.Status switch
        {
            X509ChainStatusFlags.NotTimeValid when IsEarly(at, policy) =>
                $"{which} is not valid before {Date(at.NotBefore)}, and here it is {Date(Now(policy))}",
            X509ChainStatusFlags.NotTimeValid =>
                $"{which} expired on {Date(at.NotAfter)}, and here it is {Date(Now(policy))}",
            X509ChainStatusFlags.UntrustedRoot when IsSelfSigned(at) =>
                $"{which} is signed by itself and not trusted here ('{at.Subject}')",
            X509ChainStatusFlags.UntrustedRoot => $"{which} is not trusted here",
            X509ChainStatusFlags.PartialChain => $"the issuer '{at.Issuer}' of {which} is not known here",
            X509ChainStatusFlags.Revoked => $"{which} was revoked by its issuer",
            X509ChainStatusFlags.RevocationStatusUnknown or X509ChainStatusFlags.OfflineRevocation =>
                $"whether {which} was revoked could not be found out ({status.Status})",
            _ => $"{which}: {status.StatusInformation.TrimEnd('.')} ({status.Status})",
        };

    private static bool IsSelfSigned(X509Certificate2 at) =>
        at.SubjectName.RawData.AsSpan().SequenceEqual(at.IssuerName.RawData);

    private static bool IsEarly(X509Certificate2 at, X509ChainPolicy policy) =>
        Now(policy).ToUniversalTime() < at.NotBefore.ToUniversalTime();

    /// <summary>What the chain was judged by.</summary>
    private static DateTime Now(X509ChainPolicy policy) =>
        policy.VerificationTimeIgnored ? TimeProvider.System.GetUtcNow().UtcDateTime : policy.VerificationTime;

    private static string Date(DateTime time) => time.ToUniversalTime().ToString("u", CultureInfo.InvariantCulture);
}
