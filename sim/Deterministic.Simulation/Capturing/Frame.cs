using System.Buffers.Binary;
using System.Net;
using Deterministic.Faults.Decorating;
using Deterministic.Simulation.Tcp;

namespace Deterministic.Simulation.Capturing;

/// <summary>The headers of one Ethernet frame: Ethernet, IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 9293).</summary>
internal static class Frame
{
    public const int HardwareAddressLength = 6;

    private const int EthernetLength = 14;
    private const int Ipv4Length = 20;
    private const int Ipv6Length = 40;
    private const int TcpLength = 20;
    private const int TcpOptionsLength = 8;
    private const ushort EtherTypeIpv4 = 0x0800;
    private const ushort EtherTypeIpv6 = 0x86dd;
    private const ushort DontFragment = 0x4000;
    private const byte TcpProtocol = 6;

    /// <summary>The usual first value of Linux.</summary>
    private const byte HopLimit = 64;

    /// <returns>How long they are.</returns>
    public static int Write(Span<byte> frame, TcpFlow flow, in TcpHeader header, ReadOnlySpan<byte> data)
    {
        (IPAddress source, IPAddress destination) = SameFamily(flow.Local.Address, flow.Remote.Address);
        bool isIpv4 = IsIpv4(source);
        int tcpLength = TcpLength + (header.HasOptions ? TcpOptionsLength : 0);
        WriteEthernet(frame, flow, isIpv4 ? EtherTypeIpv4 : EtherTypeIpv6);
        Span<byte> ip = frame[EthernetLength..];
        int ipLength = isIpv4
            ? WriteIpv4(ip, source, destination, tcpLength + data.Length)
            : WriteIpv6(ip, source, destination, tcpLength + data.Length);
        Span<byte> tcp = ip.Slice(ipLength, tcpLength);
        WriteTcp(tcp, flow, header);

        InternetChecksum sum = new();
        sum.Add(ip[(isIpv4 ? 12 : 8)..ipLength]);
        sum.Add(TcpProtocol);
        sum.Add(tcpLength + data.Length);
        sum.Add(tcp);
        sum.Add(data);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[16..], sum.Value);
        return EthernetLength + ipLength + tcpLength;
    }

    /// <summary>An address of the locally administered ones, made of the host's IP address.</summary>
    public static byte[] HardwareAddressOf(ITcpHost host) => [0x02, 0x00, .. host.Address.GetAddressBytes()[^4..]];

    /// <summary>An IPv4 address that is written as IPv6 is IPv4 on the wire, unless the other end is not.</summary>
    private static (IPAddress Source, IPAddress Destination) SameFamily(IPAddress source, IPAddress destination)
    {
        (source, destination) = (source.Unmapped(), destination.Unmapped());
        return IsIpv4(source) == IsIpv4(destination)
            ? (source, destination)
            : (source.MapToIPv6(), destination.MapToIPv6());
    }

    private static bool IsIpv4(IPAddress address) =>
        address.TryWriteBytes(stackalloc byte[sizeof(uint)], out int length) && length == sizeof(uint);

    /// <summary>Loopback has no hardware addresses; Linux shows zeros.</summary>
    private static void WriteEthernet(Span<byte> ethernet, TcpFlow flow, ushort type)
    {
        ethernet[..EthernetLength].Clear();
        if (flow.Host != flow.Peer)
        {
            HardwareAddressOf(flow.Peer).CopyTo(ethernet);
            HardwareAddressOf(flow.Host).CopyTo(ethernet[HardwareAddressLength..]);
        }

        BinaryPrimitives.WriteUInt16BigEndian(ethernet[12..], type);
    }

    private static int WriteIpv4(Span<byte> ip, IPAddress source, IPAddress destination, int payload)
    {
        ip[..Ipv4Length].Clear();
        ip[0] = (4 << 4) | (Ipv4Length / sizeof(uint));
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ipv4Length + payload));
        BinaryPrimitives.WriteUInt16BigEndian(ip[6..], DontFragment);
        ip[8] = HopLimit;
        ip[9] = TcpProtocol;
        source.TryWriteBytes(ip[12..], out _);
        destination.TryWriteBytes(ip[16..], out _);
        InternetChecksum sum = new();
        sum.Add(ip[..Ipv4Length]);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], sum.Value);
        return Ipv4Length;
    }

    private static int WriteIpv6(Span<byte> ip, IPAddress source, IPAddress destination, int payload)
    {
        ip[..Ipv6Length].Clear();
        ip[0] = 6 << 4;
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], (ushort)payload);
        ip[6] = TcpProtocol;
        ip[7] = HopLimit;
        source.TryWriteBytes(ip[8..], out _);
        destination.TryWriteBytes(ip[24..], out _);
        return Ipv6Length;
    }

    private static void WriteTcp(Span<byte> tcp, TcpFlow flow, in TcpHeader header)
    {
        tcp.Clear();
        BinaryPrimitives.WriteUInt16BigEndian(tcp, (ushort)flow.Local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(tcp[2..], (ushort)flow.Remote.Port);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[4..], header.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(tcp[8..], header.Acknowledgement);
        tcp[12] = (byte)(tcp.Length / sizeof(uint) << 4);
        tcp[13] = (byte)header.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(tcp[14..], header.Window);
        if (header.HasOptions)
        {
            // Maximum segment size, one byte of nothing, window scale.
            ReadOnlySpan<byte> options =
            [
                2,
                4,
                (byte)(header.MaxSegment >> 8),
                (byte)header.MaxSegment,
                1,
                3,
                3,
                header.WindowScale,
            ];
            options.CopyTo(tcp[TcpLength..]);
        }
    }
}
