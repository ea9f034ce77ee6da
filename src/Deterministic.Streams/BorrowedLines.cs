using System.Buffers;

namespace Deterministic.Streams;

/// <summary>Lines in the reader's own memory, each with its line feed; the last one of a stream may lack it. Valid until the next read. Made for <c>foreach</c>, which allocates nothing.</summary>
/// <param name="data">All of them, one after the other.</param>
public readonly struct BorrowedLines(ReadOnlySequence<byte> data)
{
    /// <summary>Whether there is none: the stream has ended.</summary>
    public bool IsEmpty => data.IsEmpty;

    /// <summary>All of them, one after the other.</summary>
    public ReadOnlySequence<byte> Data => data;

    /// <summary>Begins with the first line.</summary>
    public Enumerator GetEnumerator() => new(data);

    /// <summary>Goes from line to line.</summary>
    public struct Enumerator
    {
        private const byte LineFeed = (byte)'\n';

        /// <summary>Lines mostly lie in one segment: there a line costs its search and little more. Null if they don't.</summary>
        private readonly ReadOnlySequenceSegment<byte>? _segment;
        private readonly ReadOnlyMemory<byte> _memory;
        private int _next;

        private ReadOnlySequence<byte> _rest;

        internal Enumerator(ReadOnlySequence<byte> data)
        {
            _rest = data;
            if (data.IsSingleSegment && data.Start.GetObject() is ReadOnlySequenceSegment<byte> segment)
            {
                _segment = segment;
                _next = data.Start.GetInteger();
                _memory = segment.Memory[..data.End.GetInteger()];
            }
        }

        /// <summary>The line, with its line feed.</summary>
        public ReadOnlySequence<byte> Current { get; private set; }

        /// <summary>Goes to the next line.</summary>
        /// <returns>False after the last one.</returns>
        public bool MoveNext() => _segment is null ? MoveAcross() : MoveWithin();

        private bool MoveWithin()
        {
            ReadOnlySpan<byte> rest = _memory.Span[_next..];
            if (rest.IsEmpty)
            {
                return false;
            }

            int lineFeed = rest.IndexOf(LineFeed);
            int end = lineFeed < 0 ? _memory.Length : _next + lineFeed + 1;
            Current = new ReadOnlySequence<byte>(_segment!, _next, _segment!, end);
            _next = end;
            return true;
        }

        private bool MoveAcross()
        {
            if (_rest.IsEmpty)
            {
                return false;
            }

            SequencePosition end = _rest.PositionOf(LineFeed) is { } lineFeed
                ? _rest.GetPosition(1, lineFeed)
                : _rest.End;
            Current = _rest.Slice(_rest.Start, end);
            _rest = _rest.Slice(end);
            return true;
        }
    }
}
