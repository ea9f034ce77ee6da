using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Deterministic.Simulation.Tests;

/// <summary>Reads what a capture writes and nothing else: whatever is not exactly as the formats say fails the test.</summary>
internal sealed class PcapngFile
{
    private readonly List<string> _interfaces = [];

    private PcapngFile(ReadOnlySpan<byte> file)
    {
        for (bool first = true; !file.IsEmpty; first = false)
        {
            uint type = Word(file, 0);
            int length = (int)Word(file, 4);
            (length % 4).ShouldBe(0);
            length.ShouldBeInRange(12, file.Length);
            Word(file, length - 4).ShouldBe((uint)length);
            (type == 0x0a0d0d0a).ShouldBe(first, "one section header, at the start");
            ReadBlock(type, file[8..(length - 4)]);
            file = file[length..];
        }
    }

    public string Comment { get; private set; } = "";

    public Dictionary<IPAddress, string> Names { get; } = [];

    public List<CapturedPacket> Packets { get; } = [];

    public static PcapngFile Read(MemoryStream stream) => new(stream.ToArray());

    private void ReadBlock(uint type, ReadOnlySpan<byte> body)
    {
        switch (type)
        {
            case 0x0a0d0d0a:
                Word(body, 0).ShouldBe(0x1a2b3c4du);
                Word(body, 4).ShouldBe(1u, "version 1.0");
                BinaryPrimitives.ReadInt64LittleEndian(body[8..]).ShouldBe(-1);
                Comment = Text(Options(body[16..]).GetValueOrDefault(1));
                break;
            case 1:
                ReadInterface(body);
                break;
            case 4:
                ReadNames(body);
                break;
            case 6:
                ReadPacket(body);
                break;
            default:
                throw new InvalidDataException($"A block of type {type}.");
        }
    }

    private void ReadInterface(ReadOnlySpan<byte> body)
    {
        Word(body, 0).ShouldBe(1u, "Ethernet");
        Word(body, 4).ShouldBe(0u, "no limit");
        Dictionary<int, byte[]> options = Options(body[8..]);
        options[6].Length.ShouldBe(6);
        options[9].ShouldBe([9], "nanoseconds");
        _interfaces.Add(Text(options[2]));
    }

    private void ReadNames(ReadOnlySpan<byte> body)
    {
        for (; Word(body, 0) != 0; )
        {
            int type = Short(body, 0);
            int length = Short(body, 2);
            int address = type == 1 ? 4 : 16;
            type.ShouldBeInRange(1, 2);
            body[4 + length - 1].ShouldBe((byte)0);
            Names.Add(new IPAddress(body.Slice(4, address)), Text(body[(4 + address)..(4 + length - 1)].ToArray()));
            body = body[(4 + Padded(body[4..], length))..];
        }

        body.Length.ShouldBe(4);
    }

    private void ReadPacket(ReadOnlySpan<byte> body)
    {
        int number = (int)Word(body, 0);
        number.ShouldBeInRange(0, _interfaces.Count - 1);
        long nanoseconds = ((long)Word(body, 4) << 32) | Word(body, 8);
        int length = (int)Word(body, 12);
        Word(body, 16).ShouldBe((uint)length, "nothing is cut off");
        Dictionary<int, byte[]> options = Options(body[(20 + Padded(body[20..], length))..]);
        options[2].ShouldBe([2, 0, 0, 0], "outbound");
        DateTime time = DateTime.UnixEpoch + TimeSpan.FromTicks(nanoseconds / 100);
        if (Packets.Count > 0)
        {
            time.ShouldBeGreaterThanOrEqualTo(Packets[^1].Time);
        }

        Packets.Add(
            CapturedFrame.Parse(body.Slice(20, length)) with
            {
                Time = time,
                Interface = _interfaces[number],
                Comment = Text(options.GetValueOrDefault(1)),
            }
        );
    }

    private static Dictionary<int, byte[]> Options(ReadOnlySpan<byte> options)
    {
        Dictionary<int, byte[]> found = [];
        while (Word(options, 0) != 0)
        {
            int length = Short(options, 2);
            found.Add(Short(options, 0), options.Slice(4, length).ToArray());
            options = options[(4 + Padded(options[4..], length))..];
        }

        options.Length.ShouldBe(4, "the end of options is the end of the block");
        return found;
    }

    private static int Padded(ReadOnlySpan<byte> bytes, int length)
    {
        int padded = (length + 3) & ~3;
        bytes[length..padded].ToArray().ShouldAllBe(b => b == 0);
        return padded;
    }

    private static string Text(byte[]? bytes) =>
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes ?? []);

    private static uint Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static int Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);
}
