namespace Deterministic.Contract.Tests;

/// <summary>The bytes of one direction that were sent and not yet received.</summary>
internal sealed class MemoryBuffer
{
    private byte[] _bytes = new byte[1024];
    private int _start;

    public int Count { get; private set; }

    public void Add(ReadOnlySpan<byte> data)
    {
        if (_start + Count + data.Length > _bytes.Length)
        {
            byte[] target = Count + data.Length > _bytes.Length ? new byte[2 * (Count + data.Length)] : _bytes;
            _bytes.AsSpan(_start, Count).CopyTo(target);
            _bytes = target;
            _start = 0;
        }

        data.CopyTo(_bytes.AsSpan(_start + Count));
        Count += data.Length;
    }

    public int Take(Span<byte> destination)
    {
        int count = Math.Min(destination.Length, Count);
        _bytes.AsSpan(_start, count).CopyTo(destination);
        _start += count;
        Count -= count;
        return count;
    }

    public void Clear() => Count = 0;

    /// <summary>Alters a byte, and not back if it is done twice.</summary>
    public void Spoil() => _bytes[_start + Count - 1]++;
}
