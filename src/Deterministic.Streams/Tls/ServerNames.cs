using System.Net;
using Deterministic.Streams.Naming;

namespace Deterministic.Streams.Tls;

/// <summary>The name or address whose certificate a server must show. Clauses C-OPEN-03, C-UNIX-02, W-STLS-05, DEV-40.</summary>
internal static class ServerNames
{
    /// <summary>The host of an address, by name or number; null where it has none.</summary>
    public static string? HostOf(EndPoint? remote) =>
        remote switch
        {
            DnsEndPoint dns => dns.Host,
            IPEndPoint ip => new IPAddress(ip.Address.GetAddressBytes()).ToString(),
            _ => null,
        };

    /// <summary>The name that the program gave, else the host that was connected to.</summary>
    /// <returns>
    /// As certificates have it: an address without brackets and scope, or a name in ASCII without a trailing dot. Empty only where the program checks by itself.
    /// </returns>
    /// <exception cref="ArgumentException">There is none, although one is needed; or it is no host.</exception>
    public static string Require(TlsClientOptions options, string? host)
    {
        string? asked = options.ServerName ?? options.Authentication?.TargetHost;
        string? name = string.IsNullOrEmpty(asked) ? host : asked;
        if (string.IsNullOrEmpty(name) && options.Authentication?.RemoteCertificateValidationCallback is null)
        {
            throw new ArgumentException(
                "There is no server name to verify the certificate against: set TlsClientOptions.ServerName. "
                    + "(To check it yourself, or not at all, set Authentication.RemoteCertificateValidationCallback.)",
                nameof(options)
            );
        }

        return string.IsNullOrEmpty(name) ? "" : Certified(name, nameof(options));
    }

    /// <summary>A scope means something on this machine only and is in no certificate.</summary>
    private static string Certified(string name, string parameter) =>
        HostText.Parse(name, parameter) is { Address: { } address } ? address.ToString() : HostName.ToCertified(name);
}
