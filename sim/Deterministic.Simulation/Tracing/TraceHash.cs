using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Deterministic.Simulation.Tracing;

/// <summary>
/// A running hash of 64 bits over words of 64 bits: FNV-1a's step, widened from a byte to a word for speed, and folded so that a
/// word's high bits reach the low ones. Defined over little-endian words, so it is the same on every machine and in every process.
/// </summary>
internal struct TraceHash()
{
    private const ulong OffsetBasis = 0xcbf29ce484222325;

    /// <summary>Odd, with bits spread over all 64, as FNV's own prime has not; splitmix64's second multiplier.</summary>
    private const ulong Multiplier = 0xbf58476d1ce4e5b9;

    private ulong _state = OffsetBasis;

    public readonly ulong Value => _state;

    public void Add(long word) => Add((ulong)word);

    /// <summary>The length goes first, so that no two sequences of texts read the same.</summary>
    public void Add(ReadOnlySpan<char> text)
    {
        Add((ulong)text.Length);
        foreach (var c in text)
        {
            Add((ulong)c);
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            Add(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        ulong rest = 0;
        foreach (var b in bytes)
        {
            rest = (rest << 8) | b;
        }

        Add(rest);
    }

    private void Add(ulong word)
    {
        _state = (_state ^ word) * Multiplier;
        _state ^= _state >> 32;
    }
}
