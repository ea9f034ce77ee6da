using Deterministic.Core.Buffers;

namespace Deterministic.Core.Searching;

/// <summary>
/// The progress of a search for a separator. It survives between calls, so that bytes already looked at are never looked at again,
/// whether more arrive, some are read off, or the read is cancelled and made anew.
/// <para>Read this first, then <see cref="SeparatorSet"/> and, in Reading, the automaton and the table behind it.</para>
/// </summary>
internal struct SeparatorSearch
{
    private SeparatorSet? _set;
    private int _node;

    /// <summary>Unread bytes already looked at; a found separator ends at this offset.</summary>
    private long _scanned;

    /// <summary>The same place as a position; null means the front of the queue.</summary>
    private BufferSegment? _segment;
    private int _index;

    /// <summary>How many bytes at the front can be dropped without losing the beginning of a separator.</summary>
    public readonly long Settled => _set is null ? 0 : _scanned - _set.Depth(_node);

    /// <summary>Looks at the bytes not yet looked at.</summary>
    /// <param name="queue">The unread bytes.</param>
    /// <param name="set">What to look for; another set than before starts over.</param>
    /// <param name="start">The offset of the separator found.</param>
    /// <param name="length">The length of the separator found.</param>
    public bool TryFind(ByteQueue queue, SeparatorSet set, out long start, out int length)
    {
        if (!ReferenceEquals(_set, set))
        {
            Reset();
            _set = set;
        }

        length = set.MatchLength(_node);
        if (length == 0 && _scanned < queue.Length)
        {
            length = Scan(queue, set);
        }

        start = _scanned - length;
        return length > 0;
    }

    /// <summary>Follows the queue when bytes are taken from its front.</summary>
    /// <remarks>What is left of the bytes looked at is not looked at again, even if part of a separator that has begun was taken.</remarks>
    public void Consumed(long count)
    {
        if (_set is null || count >= _scanned)
        {
            Reset();
        }
        else
        {
            _scanned -= count;
            _node = _set.Shorten(_node, _scanned);
        }
    }

    public void Reset()
    {
        _set = null;
        _node = 0;
        _scanned = 0;
        _segment = null;
        _index = 0;
    }

    private int Scan(ByteQueue queue, SeparatorSet set)
    {
        BufferSegment? segment = _segment;
        int index = _index;
        if (segment is null)
        {
            segment = queue.Front;
            index = queue.FrontIndex;
        }

        int match;
        while (true)
        {
            int end = ScanSegment(segment!.Span[index..], set, ref _node, out match);
            _scanned += end;
            index += end;
            if (match > 0 || segment.Next is null)
            {
                break;
            }

            segment = segment.Next;
            index = 0;
        }

        _segment = segment;
        _index = index;
        return match;
    }

    /// <returns>How many bytes were looked at: all of them, or those through the first separator.</returns>
    private static int ScanSegment(ReadOnlySpan<byte> span, SeparatorSet set, ref int state, out int match)
    {
        int node = state;
        int i = 0;
        match = 0;
        while (match == 0 && i < span.Length)
        {
            if (node == 0)
            {
                int skip = set.IndexOfFirstByte(span[i..]);
                if (skip < 0)
                {
                    state = 0;
                    return span.Length;
                }

                i += skip;
            }

            node = set.Step(node, span[i++]);
            match = set.MatchLength(node);
        }

        state = node;
        return i;
    }
}
