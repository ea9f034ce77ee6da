using System.Buffers;
using System.Text;

namespace Deterministic.Core.Tests;

/// <summary>Bytes as text, one character a byte, so that a failing test can be read.</summary>
internal static class Bytes
{
    public static byte[] Of(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> data) => Encoding.Latin1.GetString(data);

    public static string Text(in ReadOnlySequence<byte> data) => Text(data.ToArray());

    /// <summary>Bytes that differ from their neighbours, so that a shift or a swap shows.</summary>
    public static byte[] Counting(int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(i => (byte)(i * 7))];

    public static SeparatorSet Separators(params string[] separators) =>
        SeparatorSet.Create(separators.Select(separator => (ReadOnlyMemory<byte>)Of(separator)));
}
