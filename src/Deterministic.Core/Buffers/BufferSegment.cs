using System.Buffers;

namespace Deterministic.Core.Buffers;

/// <summary>One pooled array in a <see cref="ByteQueue"/>. Its memory grows while it is the tail and is fixed afterwards.</summary>
internal sealed class BufferSegment : ReadOnlySequenceSegment<byte>
{
    private byte[] _array = [];

    public int Filled { get; private set; }

    public int Free => _array.Length - Filled;

    public new BufferSegment? Next => (BufferSegment?)base.Next;

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, Filled);

    public Memory<byte> FreeMemory => _array.AsMemory(Filled);

    public void Rent(ArrayPool<byte> pool, int size)
    {
        _array = pool.Rent(size);
    }

    /// <summary>Hands the array back. No sequence over this segment may be in use.</summary>
    public void Return(ArrayPool<byte> pool)
    {
        pool.Return(_array);
        _array = [];
        base.Next = null;
        Memory = default;
        Filled = 0;
    }

    public void Fill(int count)
    {
        Filled += count;
        Memory = _array.AsMemory(0, Filled);
    }

    /// <summary>Sequences count from the index of their first segment, so that of a head may be any.</summary>
    public void Link(BufferSegment next)
    {
        next.RunningIndex = RunningIndex + Filled;
        base.Next = next;
    }
}
