using System.Buffers;

namespace Deterministic.Contract;

/// <summary>Pieces of memory as one sequence, cut as they came.</summary>
internal sealed class Segments
{
    private Segment? _first;
    private Segment? _last;

    /// <summary>Adds a piece; an empty one is left out.</summary>
    public void Add(ReadOnlyMemory<byte> piece)
    {
        if (!piece.IsEmpty)
        {
            _last = new Segment(piece, _last);
            _first ??= _last;
        }
    }

    public ReadOnlySequence<byte> ToSequence() =>
        _first is null
            ? ReadOnlySequence<byte>.Empty
            : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, Segment? before)
        {
            Memory = memory;
            RunningIndex = before is null ? 0 : before.RunningIndex + before.Memory.Length;
            before?.Next = this;
        }
    }
}
