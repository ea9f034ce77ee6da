using System.Net.Security;
using System.Security.Authentication;

namespace Deterministic.Streams.Ssl;

/// <summary>The options that both sides of TLS have, of which some exclude each other.</summary>
/// <param name="Alpn">Null or empty for none.</param>
/// <param name="Versions">None leaves them to the system.</param>
/// <param name="Suites">Null leaves them to the system.</param>
/// <param name="Encryption">Whether there must be any.</param>
internal readonly record struct SharedSslOptions(
    List<SslApplicationProtocol>? Alpn,
    SslProtocols Versions,
    CipherSuitesPolicy? Suites,
    EncryptionPolicy Encryption
)
{
    /// <summary>RFC 7301, section 3.1: lengths of a protocol, of one byte, and of the list, of two.</summary>
    private const int LongestList = ushort.MaxValue;

    /// <summary>The suites of TLS 1.3 have a range of their own: RFC 8446, appendix B.4.</summary>
    private const int FirstSuiteOfTls13 = 0x1300;
    private const int LastSuiteOfTls13 = 0x13ff;

    /// <summary>From the oldest. Those before TLS 1.0 are none that a system of today could speak.</summary>
#pragma warning disable SYSLIB0039, CA5397, CA5398 // Which versions there are, not which are good.
    private static readonly SslProtocols[] Known =
    [
        SslProtocols.Tls,
        SslProtocols.Tls11,
        SslProtocols.Tls12,
        SslProtocols.Tls13,
    ];
#pragma warning restore SYSLIB0039, CA5397, CA5398

    /// <summary>The bits of SSL 2 and 3, by number: to name them is to ask for them.</summary>
    private const int OfSsl = 0x3c;

    /// <summary>Why no handshake can succeed; null if one can.</summary>
    public string? Fault => AlpnFault ?? VersionsFault ?? EncryptionFault ?? SuitesFault;

    private string? AlpnFault
    {
        get
        {
            if (Alpn is null)
            {
                return null;
            }

            return Alpn.Exists(static one => one.Protocol.IsEmpty) ? "ApplicationProtocols has an empty one"
                : Alpn.Sum(static one => one.Protocol.Length + 1) > LongestList
                    ? $"ApplicationProtocols take more than {LongestList} bytes together"
                : null;
        }
    }

    private string? VersionsFault
    {
        get
        {
            SslProtocols versions = Versions;
            int known = Known.Aggregate(OfSsl, static (all, one) => all | (int)one);
            int[] enabled = [.. Enumerable.Range(0, Known.Length).Where(number => versions.HasFlag(Known[number]))];
            return versions == SslProtocols.None ? null
                : ((int)versions & ~known) != 0 ? $"EnabledSslProtocols has a version that there is not ({versions})"
                : OperatingSystem.IsWindows() ? null
                : enabled.Length == 0 ? $"EnabledSslProtocols has no version that is still spoken ({versions})"
                : enabled[^1] - enabled[0] >= enabled.Length
                    ? $"EnabledSslProtocols leaves a version out between others ({versions}), and what comes after the gap is not spoken"
                : null;
        }
    }

    private string? EncryptionFault
    {
        get
        {
#pragma warning disable SYSLIB0040 // The caller may have set it.
            bool isPlain = Encryption == EncryptionPolicy.NoEncryption;
#pragma warning restore SYSLIB0040
            return !isPlain ? null
                : Versions.HasFlag(SslProtocols.Tls13) && Versions != SslProtocols.None
                    ? "EncryptionPolicy asks for no encryption, without which there is no TLS 1.3"
                : Suites is not null ? "EncryptionPolicy asks for no encryption, and CipherSuitesPolicy for some"
                : null;
        }
    }

    private string? SuitesFault
    {
        get
        {
            // Where there is such a policy at all.
            if (Suites is null || !OperatingSystem.IsLinux())
            {
                return null;
            }

            // Those that this system has.
            TlsCipherSuite[] allowed = [.. Suites.AllowedCipherSuites];
            bool hasNew = Array.Exists(allowed, IsOfTls13);
            bool hasOld = !Array.TrueForAll(allowed, IsOfTls13);
            return allowed.Length == 0 ? "CipherSuitesPolicy allows no suite that this system has"
                : Versions == SslProtocols.None ? null
                : Versions.HasFlag(SslProtocols.Tls13) && !hasNew
                    ? "CipherSuitesPolicy allows no suite of TLS 1.3, which EnabledSslProtocols asks for"
                : !Versions.HasFlag(SslProtocols.Tls13) && !hasOld
                    ? "CipherSuitesPolicy allows suites of TLS 1.3 only, which EnabledSslProtocols leaves out"
                : null;
        }
    }

    private static bool IsOfTls13(TlsCipherSuite suite) => (int)suite is >= FirstSuiteOfTls13 and <= LastSuiteOfTls13;
}
