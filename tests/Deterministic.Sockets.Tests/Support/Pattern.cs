namespace Deterministic.Sockets.Tests;

/// <summary>Bytes whose values show their offset in the stream.</summary>
internal static class Pattern
{
    // A prime: blocks of any power of two do not line up with it, so that a lost or repeated block shows.
    private const int Period = 251;

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, Period * 256).Select(i => (byte)(i % Period))];

    /// <summary>About 64 KiB of it, from a position on.</summary>
    public static ReadOnlySpan<byte> From(long position) => Bytes.AsSpan((int)(position % Period));

    public static bool Matches(ReadOnlySpan<byte> data)
    {
        for (int i = 0; i < data.Length; i++)
        {
            if (data[i] != i % Period)
            {
                return false;
            }
        }

        return true;
    }
}
