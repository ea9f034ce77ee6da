using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Deterministic.Streams.Ssl;

/// <summary>The chain that a server sends along with its certificate, built once for each certificate: <see cref="SslStream"/> would build it, and may download for it, at every connection.</summary>
internal static class ServerCertificates
{
    private static readonly ConditionalWeakTable<X509Certificate2, SslStreamCertificateContext> Online = [];
    private static readonly ConditionalWeakTable<X509Certificate2, SslStreamCertificateContext> Offline = [];

    /// <param name="certificate">With its key.</param>
    /// <param name="offline">Whether nothing may be downloaded to complete the chain.</param>
    public static SslStreamCertificateContext ContextOf(X509Certificate2 certificate, bool offline) =>
        (offline ? Offline : Online).GetValue(
            certificate,
            key => SslStreamCertificateContext.Create(key, additionalCertificates: null, offline)
        );
}
