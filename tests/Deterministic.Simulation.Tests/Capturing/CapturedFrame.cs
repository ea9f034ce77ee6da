using System.Buffers.Binary;
using System.Net;
using Deterministic.Simulation.Links;

namespace Deterministic.Simulation.Tests;

/// <summary>Takes an Ethernet frame apart, with nothing of the code that made it.</summary>
internal static class CapturedFrame
{
    public static CapturedPacket Parse(ReadOnlySpan<byte> frame)
    {
        ushort type = Short(frame, 12);
        ReadOnlySpan<byte> ip = frame[14..];
        type.ShouldBeOneOf((ushort)0x0800, (ushort)0x86dd);
        return type == 0x0800 ? ParseIpv4(ip) : ParseIpv6(ip);
    }

    private static CapturedPacket ParseIpv4(ReadOnlySpan<byte> ip)
    {
        ip[0].ShouldBe((byte)0x45);
        Short(ip, 2).ShouldBe((ushort)ip.Length);
        ip[8].ShouldBe((byte)64);
        ip[9].ShouldBe((byte)6);
        Sum(ip[..20]).ShouldBe(0xffffu, "checksum of IPv4");
        return ParseTcp(ip[20..], ip[12..16], ip[16..20]);
    }

    private static CapturedPacket ParseIpv6(ReadOnlySpan<byte> ip)
    {
        BinaryPrimitives.ReadUInt32BigEndian(ip).ShouldBe(0x60000000u);
        Short(ip, 4).ShouldBe((ushort)(ip.Length - 40));
        ip[6].ShouldBe((byte)6);
        ip[7].ShouldBe((byte)64);
        return ParseTcp(ip[40..], ip[8..24], ip[24..40]);
    }

    private static CapturedPacket ParseTcp(ReadOnlySpan<byte> tcp, ReadOnlySpan<byte> source, ReadOnlySpan<byte> target)
    {
        byte[] pseudo = [.. source, .. target, 0, 0, (byte)(tcp.Length >> 8), (byte)tcp.Length, 0, 6];
        Sum([.. pseudo, .. tcp]).ShouldBe(0xffffu, "checksum of TCP");
        Short(tcp, 18).ShouldBe((ushort)0, "nothing is urgent");
        (tcp[12] & 0xf).ShouldBe(0);
        int header = (tcp[12] >> 4) * 4;
        PacketFlags flags = (PacketFlags)tcp[13];
        (ushort? maxSegment, byte? scale) = ParseOptions(tcp[20..header]);
        (header == 20).ShouldBe((flags & PacketFlags.Syn) == PacketFlags.None, "options are for SYNs");
        return new CapturedPacket
        {
            Time = default,
            Interface = "",
            Comment = "",
            Source = new IPEndPoint(new IPAddress(source), Short(tcp, 0)),
            Destination = new IPEndPoint(new IPAddress(target), Short(tcp, 2)),
            Sequence = BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]),
            Acknowledgement = BinaryPrimitives.ReadUInt32BigEndian(tcp[8..]),
            Flags = flags,
            Window = Short(tcp, 14),
            MaxSegment = maxSegment,
            WindowScale = scale,
            Data = tcp[header..].ToArray(),
        };
    }

    private static (ushort? MaxSegment, byte? WindowScale) ParseOptions(ReadOnlySpan<byte> options)
    {
        ushort? maxSegment = null;
        byte? scale = null;
        while (!options.IsEmpty)
        {
            int length = options[0] == 1 ? 1 : options[1];
            switch (options[0])
            {
                case 1:
                    break;
                case 2:
                    length.ShouldBe(4);
                    maxSegment = Short(options, 2);
                    break;
                case 3:
                    length.ShouldBe(3);
                    scale = options[2];
                    break;
                default:
                    throw new InvalidDataException($"A TCP option {options[0]}.");
            }

            options = options[length..];
        }

        return (maxSegment, scale);
    }

    /// <summary>The sum of RFC 1071, in the plainest way: over bytes whose checksum is right it is all ones.</summary>
    private static uint Sum(byte[] bytes)
    {
        uint sum = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            sum += i % 2 == 0 ? (uint)bytes[i] << 8 : bytes[i];
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return sum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes) => Sum(bytes.ToArray());

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
}
