using System.Buffers;

namespace Deterministic.Contract;

/// <summary>Bytes lent to a driver for one send, cut as they came, and spoilt when it gives them back: a driver that still reads them then sends rubbish.</summary>
internal sealed class LentBytes
{
    /// <summary>What spoilt bytes become: neither text nor the most common filling.</summary>
    public const byte Spoilt = 0xDD;

    private readonly byte[] _bytes;

    public LentBytes(in ReadOnlySequence<byte> data)
    {
        _bytes = data.ToArray();
        Segments segments = new();
        int start = 0;
        foreach (ReadOnlyMemory<byte> memory in data)
        {
            segments.Add(_bytes.AsMemory(start, memory.Length));
            start += memory.Length;
        }

        Sequence = segments.ToSequence();
    }

    public ReadOnlySequence<byte> Sequence { get; }

    public void Spoil() => _bytes.AsSpan().Fill(Spoilt);
}
