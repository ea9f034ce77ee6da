namespace Deterministic.Core.Tests;

/// <summary>A set of separators, and the chunks of a stream.</summary>
public sealed record SeparatorCase(byte[][] Separators, byte[][] Chunks)
{
    public SeparatorSet Set { get; } =
        SeparatorSet.Create(Separators.Select(separator => (ReadOnlyMemory<byte>)separator));

    public byte[] Stream { get; } = [.. Chunks.SelectMany(chunk => chunk)];

    /// <summary>Where each message ends, and where the separator of it starts, found by the runtime's own search.</summary>
    public IEnumerable<(int Start, int End)> Messages()
    {
        int from = 0;
        while (FirstIn(from, Stream.Length) is { } next)
        {
            yield return next;
            from = next.End;
        }
    }

    /// <summary>Of the matches in a part of the stream the one that ends first, and of those the shortest: R-UNTIL-11.</summary>
    public (int Start, int End)? FirstIn(int from, int to)
    {
        (int Start, int End)? best = null;
        foreach (byte[] separator in Separators)
        {
            int index = Stream.AsSpan(from, to - from).IndexOf(separator);
            (int start, int end) = (from + index, from + index + separator.Length);
            if (
                index >= 0
                && (best is null || end < best.Value.End || (end == best.Value.End && start > best.Value.Start))
            )
            {
                best = (start, end);
            }
        }

        return best;
    }

    /// <summary>How many of the last bytes after <paramref name="from"/> begin a separator.</summary>
    public int Begun(int from, int to) =>
        Separators
            .Select(separator =>
                Enumerable
                    .Range(0, Math.Min(separator.Length, to - from + 1))
                    .Last(count => Stream.AsSpan(to - count, count).SequenceEqual(separator.AsSpan(0, count)))
            )
            .Max();

    public override string ToString() =>
        $"{Separators.Length} separators, the first {Print(Separators[0])}, "
        + $"the longest of {Separators.Max(separator => separator.Length)} bytes; "
        + $"{Stream.Length} bytes in {Chunks.Length} chunks: {Print(Stream)}";

    private static string Print(byte[] data) =>
        data.Length <= 300 ? Convert.ToHexString(data) : $"{Convert.ToHexString(data.AsSpan(0, 300))}…";
}
