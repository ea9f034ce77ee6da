using System.Security.Authentication;

namespace Deterministic.Streams.Ssl;

/// <summary>The facts about a cipher that asyncio gives under the name <c>cipher</c>.</summary>
internal static class CipherInfo
{
    /// <summary>Its IANA name, the version of TLS, and the bits of its secret key; 0 where the name does not show it.</summary>
    public static (string Name, string Protocol, int SecretBits) Of(TlsInfo info)
    {
        string name = info.CipherSuite.ToString();
        return (name, NameOf(info.Protocol), SecretBits(name));
    }

    private static string NameOf(SslProtocols protocol) =>
        protocol switch
        {
            SslProtocols.Tls13 => "TLSv1.3",
            SslProtocols.Tls12 => "TLSv1.2",
            _ => protocol.ToString(),
        };

    private static int SecretBits(string name) =>
        name.Contains("_256_", StringComparison.Ordinal) || name.Contains("CHACHA20", StringComparison.Ordinal) ? 256
        : name.Contains("_128_", StringComparison.Ordinal) ? 128
        : name.Contains("_3DES_", StringComparison.Ordinal) ? 168
        : 0;
}
