using System.Buffers;

namespace Deterministic.Soak.Content;

/// <summary>An endless stream of random bytes that anybody can look at from any place, so that no sender and no receiver has to keep what it sent or got.</summary>
internal static class Noise
{
    /// <summary>The most bytes that are lent at once.</summary>
    public const int MostAtOnce = 64 * 1024;

    /// <summary>The largest prime below 1 MiB: no buffer size divides it, so that a block that is lost, repeated or exchanged shows.</summary>
    private const int Period = 1_048_573;

    private static readonly byte[] Bytes = Make();

    /// <summary>What stands at a place.</summary>
    /// <param name="place">Not negative.</param>
    /// <param name="count">At most <see cref="MostAtOnce"/>.</param>
    public static ReadOnlySpan<byte> At(long place, int count) => Bytes.AsSpan((int)(place % Period), count);

    /// <summary>Whether bytes are those of a place.</summary>
    public static bool Matches(ReadOnlySpan<byte> bytes, long place)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, MostAtOnce);
            if (!bytes[..count].SequenceEqual(At(place, count)))
            {
                return false;
            }

            bytes = bytes[count..];
            place += count;
        }

        return true;
    }

    private static byte[] Make()
    {
        byte[] bytes = new byte[Period + MostAtOnce];
        // Any seed does; it is the same in every run, so that a report can be understood later.
        new Random(1).NextBytes(bytes.AsSpan(0, Period));
        bytes.AsSpan(0, MostAtOnce).CopyTo(bytes.AsSpan(Period));
        return bytes;
    }
}
