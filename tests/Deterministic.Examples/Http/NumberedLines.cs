using System.Buffers.Text;

namespace Deterministic.Examples.Http;

/// <summary>A text of any length in which no two places look alike, and that anybody can make again: <c>seq -f %015.0f 1 COUNT</c>.</summary>
/// <param name="Count">How many lines.</param>
internal readonly record struct NumberedLines(long Count)
{
    private const int LineSize = 16;
    private const int LinesInBlock = 1024;

    /// <summary>16 KiB: the most that a TLS record carries.</summary>
    public const int BlockSize = LineSize * LinesInBlock;

    /// <summary>The last line that has room for its number.</summary>
    public const long MostLines = 999_999_999_999_999;

    public long Length => Count * LineSize;

    /// <summary>Writes the block that begins at a position, a multiple of the block size.</summary>
    /// <returns>The bytes written; fewer than a block at the end.</returns>
    public int Fill(Span<byte> block, long position)
    {
        long line = position / LineSize;
        int count = (int)Math.Min(LinesInBlock, Count - line);
        for (int i = 0; i < count; i++)
        {
            Span<byte> place = block.Slice(i * LineSize, LineSize);
            Utf8Formatter.TryFormat(line + i + 1, place, out _, new System.Buffers.StandardFormat('D', LineSize - 1));
            place[^1] = (byte)'\n';
        }

        return count * LineSize;
    }
}
