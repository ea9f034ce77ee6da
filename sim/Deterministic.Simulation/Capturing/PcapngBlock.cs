using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Deterministic.Simulation.Capturing;

/// <summary>One block of pcapng at a time, in memory that is used again for the next. All numbers are little-endian.</summary>
internal sealed class PcapngBlock
{
    private const int Alignment = sizeof(uint);

    /// <summary>As UTF-8 no longer than the 16 bits of an option's length can say, and its padding with it.</summary>
    private const int MostCharacters = 20_000;

    private readonly List<byte> _bytes = [];

    public static byte[] Utf8(string text) =>
        Encoding.UTF8.GetBytes(text.Length > MostCharacters ? text[..MostCharacters] : text);

    public void Begin(uint type)
    {
        _bytes.Clear();
        Write(type);
        Write(0u);
    }

    /// <summary>The block with its length at both ends; valid until the next one begins.</summary>
    public ReadOnlySpan<byte> End()
    {
        uint length = (uint)_bytes.Count + sizeof(uint);
        Write(length);
        Span<byte> block = CollectionsMarshal.AsSpan(_bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(block[sizeof(uint)..], length);
        return block;
    }

    public void Write(ushort number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, number);
        _bytes.AddRange(bytes);
    }

    public void Write(uint number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        _bytes.AddRange(bytes);
    }

    public void Write(ReadOnlySpan<byte> bytes) => _bytes.AddRange(bytes);

    /// <summary>Zeros up to the next border of 32 bits.</summary>
    public void Pad()
    {
        while (_bytes.Count % Alignment != 0)
        {
            _bytes.Add(0);
        }
    }

    public void Option(ushort code, ReadOnlySpan<byte> value)
    {
        Write(code);
        Write((ushort)value.Length);
        Write(value);
        Pad();
    }

    public void Option(ushort code, string text) => Option(code, Utf8(text));

    public void EndOptions() => Write(0u);
}
