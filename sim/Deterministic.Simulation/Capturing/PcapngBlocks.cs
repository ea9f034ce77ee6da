using System.Buffers.Binary;
using System.Net;
using Deterministic.Simulation.Links;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Capturing;

/// <summary>The blocks of a pcapng file (draft-ietf-opsawg-pcapng) that a capture is made of. Each is valid until the next one is made.</summary>
internal sealed class PcapngBlocks
{
    private const uint SectionHeaderType = 0x0a0d0d0a;
    private const uint InterfaceType = 1;
    private const uint NamesType = 4;
    private const uint PacketType = 6;

    private const uint ByteOrderMagic = 0x1a2b3c4d;
    private const ushort Comment = 1;
    private const ushort Application = 4;
    private const ushort InterfaceName = 2;
    private const ushort InterfaceHardwareAddress = 6;
    private const ushort InterfaceResolution = 9;
    private const ushort PacketInterfaceFlags = 2;

    private const ushort Ethernet = 1;
    private const byte Nanoseconds = 9;
    private const int NanosecondsPerTick = 100;
    private const uint Outbound = 2;

    private readonly PcapngBlock _block = new();

    public ReadOnlySpan<byte> SectionHeader(string comment)
    {
        _block.Begin(SectionHeaderType);
        _block.Write(ByteOrderMagic);
        _block.Write((ushort)1);
        _block.Write((ushort)0);
        // The section's length is not known while it is written.
        _block.Write(uint.MaxValue);
        _block.Write(uint.MaxValue);
        WriteComment(comment);
        _block.Option(Application, "Deterministic.Simulation");
        _block.EndOptions();
        return _block.End();
    }

    public ReadOnlySpan<byte> Interface(string name, ReadOnlySpan<byte> hardwareAddress)
    {
        _block.Begin(InterfaceType);
        _block.Write(Ethernet);
        _block.Write((ushort)0);
        // Frames are never cut.
        _block.Write(0u);
        _block.Option(InterfaceName, name);
        _block.Option(InterfaceHardwareAddress, hardwareAddress);
        _block.Option(InterfaceResolution, [Nanoseconds]);
        _block.EndOptions();
        return _block.End();
    }

    public ReadOnlySpan<byte> Name(IPAddress address, string name)
    {
        byte[] bytes = address.GetAddressBytes();
        // The name ends with its first zero.
        byte[] text = PcapngBlock.Utf8(name.Replace('\0', ' '));
        _block.Begin(NamesType);
        _block.Write((ushort)(bytes.Length == sizeof(uint) ? 1 : 2));
        _block.Write((ushort)(bytes.Length + text.Length + 1));
        _block.Write(bytes);
        _block.Write(text);
        _block.Write([0]);
        _block.Pad();
        _block.Write(0u);
        return _block.End();
    }

    public ReadOnlySpan<byte> Packet(
        int number,
        TimeSpan time,
        ReadOnlySpan<byte> header,
        ReadOnlySpan<byte> data,
        string comment
    )
    {
        ulong since1970 = (ulong)(VirtualTimeProvider.Epoch - DateTimeOffset.UnixEpoch + time).Ticks;
        ulong timestamp = since1970 * NanosecondsPerTick;
        uint length = (uint)(header.Length + data.Length);
        _block.Begin(PacketType);
        _block.Write((uint)number);
        _block.Write((uint)(timestamp >> 32));
        _block.Write((uint)timestamp);
        _block.Write(length);
        _block.Write(length);
        _block.Write(header);
        _block.Write(data);
        _block.Pad();
        WriteComment(comment);
        Span<byte> flags = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(flags, Outbound);
        _block.Option(PacketInterfaceFlags, flags);
        _block.EndOptions();
        return _block.End();
    }

    private void WriteComment(string comment)
    {
        if (comment.Length > 0)
        {
            _block.Option(Comment, comment);
        }
    }
}
