using System.Buffers;
using Deterministic.Streams;

namespace Deterministic.Contract;

/// <summary>An endless stream in which each byte follows from its place, so that any amount can be checked without being kept.</summary>
internal static class Pattern
{
    public static void Fill(Span<byte> bytes, long start)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = At(start + i);
        }
    }

    /// <summary>Reads to the end of the stream.</summary>
    /// <returns>How many bytes there were, all of them right.</returns>
    public static async Task<long> ReadToEndAsync(AsyncStreamReader reader)
    {
        long place = 0;
        while (true)
        {
            ReadOnlySequence<byte> data = await reader.BorrowAsync(reader.Limit);
            if (data.IsEmpty)
            {
                return place;
            }

            foreach (ReadOnlyMemory<byte> piece in data)
            {
                Verify(piece.Span, place);
                place += piece.Length;
            }
        }
    }

    /// <summary>Reads so many bytes and no more.</summary>
    public static async Task ReadExactlyAsync(
        AsyncStreamReader reader,
        long start,
        long count,
        int atOnce = int.MaxValue
    )
    {
        for (long place = start; place < start + count; )
        {
            int most = (int)Math.Min(Math.Min(start + count - place, reader.Limit), atOnce);
            ReadOnlySequence<byte> data = await reader.BorrowAsync(most);
            Check.That(!data.IsEmpty, $"the stream goes on after {place} of {start + count} bytes");
            foreach (ReadOnlyMemory<byte> piece in data)
            {
                Verify(piece.Span, place);
                place += piece.Length;
            }
        }
    }

    /// <summary>Checks bytes that began at a place of the stream.</summary>
    public static void Verify(ReadOnlySpan<byte> bytes, long start)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != At(start + i))
            {
                throw new ContractViolationException($"Byte {start + i} is {bytes[i]}; {At(start + i)} was sent.");
            }
        }
    }

    /// <summary>Knuth's multiplicative hash: neighbours differ, and no shift of the stream looks like the stream.</summary>
    private static byte At(long place) => (byte)(unchecked((uint)place * 2654435761u) >> 24);
}
