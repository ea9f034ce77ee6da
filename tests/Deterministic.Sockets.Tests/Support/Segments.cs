using System.Buffers;

namespace Deterministic.Sockets.Tests;

/// <summary>Sequences of several segments.</summary>
internal static class Segments
{
    /// <summary>Segments of the given memories, in order.</summary>
    public static ReadOnlySequence<byte> Of(params ReadOnlyMemory<byte>[] memories)
    {
        Segment first = new(memories[0], 0);
        Segment last = first;
        foreach (ReadOnlyMemory<byte> memory in memories.AsSpan(1))
        {
            last = last.Add(memory);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary><paramref name="count"/> segments of <paramref name="size"/> bytes, all different.</summary>
    public static ReadOnlySequence<byte> Numbered(int count, int size) =>
        Of([.. Enumerable.Range(0, count).Select(number => new ReadOnlyMemory<byte>(Bytes(size, number)))]);

    public static byte[] Bytes(int size, int seed)
    {
        byte[] bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Add(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
