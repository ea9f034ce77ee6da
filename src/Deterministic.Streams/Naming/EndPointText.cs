using System.Net;
using System.Net.Sockets;

namespace Deterministic.Streams.Naming;

/// <summary>The text that end points have in them, checked and shown.</summary>
internal static class EndPointText
{
    /// <exception cref="ArgumentException">It has a host that is none (clause C-OPEN-13), or a path that is none (clause C-UNIX-06).</exception>
    public static void ThrowIfInvalid(EndPoint endPoint, string? parameter)
    {
        switch (endPoint)
        {
            case DnsEndPoint name:
                _ = HostText.Parse(name.Host, parameter);
                break;
            case UnixDomainSocketEndPoint unix:
                UnixAddress.ThrowIfInvalid(unix, parameter);
                break;
            default:
                // Numbers, or of a kind that only its network knows.
                break;
        }
    }

    /// <summary>As a program writes it: a name without its family.</summary>
    public static string Of(EndPoint endPoint) =>
        endPoint is DnsEndPoint name ? $"{name.Host}:{name.Port}" : endPoint.ToString() ?? endPoint.GetType().Name;
}
