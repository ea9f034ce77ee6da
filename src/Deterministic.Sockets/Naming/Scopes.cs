using System.Globalization;
using System.Net.NetworkInformation;

namespace Deterministic.Sockets.Naming;

/// <summary>The scopes of this machine's addresses (RFC 4007): its network interfaces. Clause C-OPEN-13.</summary>
internal static class Scopes
{
    /// <summary>The number of a scope.</summary>
    /// <param name="text">The name or the number of an interface.</param>
    /// <returns>Null if there is no such interface, or it has no IPv6.</returns>
    public static long? Find(string text)
    {
        bool isNumber = uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number);
        return NetworkInterface
            .GetAllNetworkInterfaces()
            .Select(link => (link.Name, Number: NumberOf(link)))
            .Where(link => isNumber ? link.Number == number : string.Equals(link.Name, text, StringComparison.Ordinal))
            .Select(static link => link.Number)
            .FirstOrDefault();
    }

    private static long? NumberOf(NetworkInterface link)
    {
        try
        {
            return link.Supports(NetworkInterfaceComponent.IPv6)
                ? link.GetIPProperties().GetIPv6Properties().Index
                : null;
        }
        catch (NetworkInformationException)
        {
            // Gone meanwhile, or without IPv6.
            return null;
        }
    }
}
