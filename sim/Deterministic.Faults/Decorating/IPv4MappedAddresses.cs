using System.Net;

namespace Deterministic.Faults.Decorating;

/// <summary>IPv4 addresses that are written as IPv6, <c>::ffff:10.0.0.1</c> (RFC 4291, section 2.5.5.2): they lead where the IPv4 address leads, so that only that one is worth knowing.</summary>
internal static class IPv4MappedAddresses
{
    /// <summary>The IPv4 address, if it is one; any other as it is.</summary>
    public static IPAddress Unmapped(this IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>As the other, with the port.</summary>
    public static IPEndPoint Unmapped(this IPEndPoint address) =>
        address.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(address.Address.MapToIPv4(), address.Port) : address;
}
