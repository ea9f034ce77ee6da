using System.Buffers;

namespace Deterministic.Simulation.Transports;

/// <summary>Bytes in order, in one pooled array that grows as needed: what a kernel's socket buffer holds. Empty ones hold no memory.</summary>
internal sealed class ByteRing
{
    /// <summary>Most of a hundred thousand connections carry lines: small enough for them, doubled for others.</summary>
    private const int SmallestArray = 256;

    private byte[] _array = [];
    private int _start;

    public int Count { get; private set; }

    public void Append(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        Reserve(Count + data.Length);
        int end = (_start + Count) % _array.Length;
        int first = Math.Min(data.Length, _array.Length - end);
        data[..first].CopyTo(_array.AsSpan(end));
        data[first..].CopyTo(_array);
        Count += data.Length;
    }

    /// <summary>Copies bytes without removing them.</summary>
    /// <param name="offset">Counted from the oldest; with the destination's length at most <see cref="Count"/>.</param>
    /// <param name="destination">Filled.</param>
    public void CopyTo(int offset, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return;
        }

        int begin = (_start + offset) % _array.Length;
        int first = Math.Min(destination.Length, _array.Length - begin);
        _array.AsSpan(begin, first).CopyTo(destination);
        _array.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
    }

    /// <summary>Removes the oldest bytes.</summary>
    public void Drop(int count)
    {
        Count -= count;
        if (Count == 0)
        {
            Free();
        }
        else
        {
            _start = (_start + count) % _array.Length;
        }
    }

    public void Clear() => Drop(Count);

    private void Reserve(int count)
    {
        if (count <= _array.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(SmallestArray, Math.Max(count, 2 * Count)));
        int kept = Count;
        CopyTo(0, larger.AsSpan(0, kept));
        Free();
        _array = larger;
        Count = kept;
    }

    private void Free()
    {
        if (_array.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_array);
        }

        _array = [];
        _start = 0;
        Count = 0;
    }
}
