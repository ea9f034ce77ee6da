using FsCheck;
using FsCheck.Fluent;

namespace Deterministic.Core.Tests;

/// <summary>Sets of separators over all byte values, in lengths and numbers around every internal width, with streams that nearly contain them, cut at random.</summary>
internal static class SeparatorCases
{
    /// <summary>Around the widths of vectors, of a byte, of 16 bits, and of the segments that bytes are kept in.</summary>
    private static readonly int[] Lengths =
    [
        .. new[] { 1, 2, 3, 4 },
        .. new[] { 8, 16, 32, 64, 128, 256, 512, 4096, 65536 }.SelectMany(width =>
            new[] { width - 1, width, width + 1 }
        ),
    ];

    private static readonly int[] Counts = [2, 3, 4, 5, 8, 16, 17, 33, 255, 256, 257, 300];

    private static readonly Gen<byte> AnyByte = Gen.Choose(0, 255).Select(value => (byte)value);

    /// <summary>One separator of some length: random, counting through all values, of few letters, or of one byte and another one at its end.</summary>
    public static Gen<byte[]> OneOf(int length) =>
        from seed in Gen.Choose(0, int.MaxValue)
        from first in Gen.Choose(0, 255)
        from shape in Gen.Choose(0, 3)
        select Shape(shape, length, first, new Random(seed));

    private static Gen<byte[][]> Short { get; } =
        from count in Gen.Elements(Counts)
        from longest in Gen.Choose(1, 4)
        from letters in Gen.Elements(3, 256)
        from seed in Gen.Choose(0, int.MaxValue)
        select Many(count, longest, letters, new Random(seed));

    private static Gen<byte[][]> Few { get; } =
        from lengths in Gen.Elements(Lengths[..^3]).NonEmptyListOf().Resize(3)
        from separators in Gen.CollectToArray(lengths.Select(OneOf))
        select separators;

    /// <summary>Every byte value alone or nearly every one, and perhaps one more separator.</summary>
    private static Gen<byte[][]> Singles { get; } =
        from count in Gen.Elements(254, 255, 256)
        from first in Gen.Choose(0, 255)
        from more in Gen.Choose(0, 3).SelectMany(length => AnyByte.ArrayOf(length))
        select (byte[][])
            [
                .. Enumerable.Range(first, count).Select(value => new[] { (byte)value }),
                .. more.Length == 0 ? [] : new[] { more },
            ];

    private static Gen<byte[][]> Sets { get; } =
        Gen.Frequency(
            (4, Gen.Elements(Lengths).SelectMany(OneOf).Select(separator => new[] { separator })),
            (3, Short),
            (2, Few),
            (1, Singles)
        );

    /// <summary>Anything, also separators of 65537 bytes.</summary>
    public static Gen<SeparatorCase> All { get; } = With(Sets);

    private static Gen<SeparatorCase> With(Gen<byte[][]> sets) =>
        from separators in sets
        from seed in Gen.Choose(0, int.MaxValue)
        from pieces in Gen.Choose(1, 30)
        from cut in Gen.Elements(1, 2, 3, 7, 64, 255, 256, 257, 4096, 70_000)
        select Make(separators, pieces, cut, new Random(seed));

    private static SeparatorCase Make(byte[][] separators, int pieces, int cut, Random random)
    {
        List<byte> stream = [];
        int most = 4 * separators.Max(separator => separator.Length) + 100;
        for (int i = 0; i < pieces && stream.Count < most; i++)
        {
            byte[] separator = separators[random.Next(separators.Length)];
            stream.AddRange(
                random.Next(8) switch
                {
                    0 => separator,
                    1 => separator[..^1],
                    2 => [.. separator[..^1], (byte)(separator[^1] + 1)],
                    3 => separator[1..],
                    4 => separator[..random.Next(separator.Length + 1)],
                    5 => [.. separator[..random.Next(separator.Length)], (byte)random.Next(256)],
                    6 => separator[random.Next(separator.Length)..],
                    _ => Random(random.Next(40), 256, random),
                }
            );
        }

        // No more chunks than can be played in little time.
        int largest = Math.Max(cut, stream.Count / 100);
        List<byte[]> chunks = [];
        for (int at = 0; at < stream.Count; at += chunks[^1].Length)
        {
            chunks.Add([.. stream.GetRange(at, Math.Min(random.Next(1, largest + 1), stream.Count - at))]);
        }

        return new SeparatorCase(separators, [.. chunks]);
    }

    private static byte[][] Many(int count, int longest, int letters, Random random) =>
        [.. Enumerable.Range(0, count).Select(_ => Random(random.Next(1, longest + 1), letters, random))];

    private static byte[] Shape(int shape, int length, int first, Random random)
    {
        byte[] separator = shape switch
        {
            0 => Random(length, 256, random),
            1 => [.. Enumerable.Range(first, length).Select(value => (byte)value)],
            2 => Random(length, 2, random),
            _ => [.. Enumerable.Repeat((byte)first, length - 1), (byte)random.Next(256)],
        };
        return separator;
    }

    private static byte[] Random(int length, int letters, Random random) =>
        [.. Enumerable.Range(0, length).Select(_ => (byte)random.Next(letters))];
}
