using System.Buffers;
using System.Text;

namespace Deterministic.Streams.Tests;

/// <summary>Bytes as text, one character a byte, so that a failing test can be read.</summary>
internal static class Bytes
{
    public static byte[] Of(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> data) => Encoding.Latin1.GetString(data);

    public static string Text(in ReadOnlySequence<byte> data) => Text(data.ToArray());

    public static ReadOnlyMemory<byte>[] Pieces(params string[] pieces) =>
        [.. pieces.Select(piece => (ReadOnlyMemory<byte>)Of(piece))];

    /// <summary>One sequence of several segments.</summary>
    public static ReadOnlySequence<byte> Sequence(params string[] pieces)
    {
        Piece first = new(Of(pieces[0]), null);
        Piece last = first;
        foreach (string piece in pieces[1..])
        {
            last = new Piece(Of(piece), last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] data, Piece? before)
        {
            Memory = data;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            if (before is not null)
            {
                before.Next = this;
            }
        }
    }
}
