using System.Buffers;
using System.Runtime.InteropServices;

namespace Deterministic.Streams.Adapting;

/// <summary>Bytes that a program puts together before it sends them, in pooled chunks. Holds no memory while there are none.</summary>
internal sealed class OutgoingChunks
{
    /// <summary>Enough for most messages; a message that is larger doubles it with each chunk, up to what one send is likely to take.</summary>
    private const int SmallestChunk = 4 * 1024;
    private const int LargestChunk = 64 * 1024;

    private readonly List<Chunk> _chunks = [];

    public long Count { get; private set; }

    /// <summary>Memory to put the next bytes into; in use until <see cref="Advance"/>.</summary>
    public Memory<byte> Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        if (_chunks.Count == 0 || Last.Free < Math.Max(sizeHint, 1))
        {
            int size = _chunks.Count == 0 ? SmallestChunk : Math.Min(2 * Last.Array.Length, LargestChunk);
            _chunks.Add(new Chunk(ArrayPool<byte>.Shared.Rent(Math.Max(size, sizeHint)), 0));
        }

        return Last.Array.AsMemory(Last.Filled);
    }

    /// <summary>The first <paramref name="count"/> bytes of what was reserved are filled.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _chunks.Count == 0 ? 0 : Last.Free);
        if (count > 0)
        {
            Last.Filled += count;
            Count += count;
        }
    }

    /// <summary>Hands everything to a writer, which sends straight from here what the network takes at once.</summary>
    /// <param name="writer">The destination.</param>
    /// <param name="more">How many bytes are written right after it, and belong to the same flush.</param>
    /// <exception cref="InvalidOperationException">There is no room for all of it, or the end was written: nothing was taken, and everything is still here.</exception>
    public void WriteTo(AsyncStreamWriter writer, int more = 0)
    {
        writer.Admit(Count + more);
        int written = 0;
        try
        {
            foreach (Chunk chunk in _chunks)
            {
                writer.Write(chunk.Array.AsSpan(0, chunk.Filled));
                written++;
            }
        }
        finally
        {
            // Also if the writer refuses the rest: what it took must not be written again.
            Drop(written);
        }
    }

    public void Clear() => Drop(_chunks.Count);

    private void Drop(int count)
    {
        foreach (Chunk chunk in CollectionsMarshal.AsSpan(_chunks)[..count])
        {
            Count -= chunk.Filled;
            ArrayPool<byte>.Shared.Return(chunk.Array);
        }

        _chunks.RemoveRange(0, count);
    }

    private ref Chunk Last => ref CollectionsMarshal.AsSpan(_chunks)[^1];

    private record struct Chunk(byte[] Array, int Filled)
    {
        public readonly int Free => Array.Length - Filled;
    }
}
