using System.Text;

namespace Deterministic.Exploration.Tapes;

/// <summary>The FNV-1a hash of 64 bits: no protection against attacks, but a tape can be checked with ten lines of any language.</summary>
internal struct Fnv1a64()
{
    private const ulong OffsetBasis = 0xcbf29ce484222325;
    private const ulong Prime = 0x100000001b3;

    public ulong Value { get; private set; } = OffsetBasis;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var hash = Value;
        foreach (var b in bytes)
        {
            hash = (hash ^ b) * Prime;
        }

        Value = hash;
    }

    public void AddLine(string line)
    {
        Add(Encoding.UTF8.GetBytes(line));
        Add("\n"u8);
    }
}
