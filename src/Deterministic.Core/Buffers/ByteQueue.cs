using System.Buffers;
using System.Diagnostics;

namespace Deterministic.Core.Buffers;

/// <summary>
/// First in, first out bytes in pooled segments: filled at the tail, read at the front, never moved or copied within.
/// <para>This folder is the memory of both machines: the queue first, then its <see cref="BufferSegment"/> and the policy <see cref="SegmentSize"/>.</para>
/// </summary>
/// <remarks>
/// Taken bytes stay in memory until <see cref="Release"/>, so that a caller can look at them without a copy.
/// A queue that is empty, released and has nothing reserved holds no memory.
/// </remarks>
internal sealed class ByteQueue(ArrayPool<byte> pool)
{
    /// <summary>Below this a tail is not worth lending for a receive: a system call for a few bytes costs more than a new segment.</summary>
    private const int SmallestLoan = 512;

    private BufferSegment? _head;
    private BufferSegment? _tail;

    /// <summary>The segment and index of the first unread byte; the head may lie before it while taken bytes are unreleased.</summary>
    private BufferSegment? _front;
    private int _frontIndex;

    /// <summary>The segment of the last unread byte. A tail behind it is reserved and still empty.</summary>
    private BufferSegment? _back;

    private BufferSegment? _spare;
    private SegmentSize _size;
    private bool _lent;

    /// <summary>Unread bytes.</summary>
    public long Length { get; private set; }

    /// <summary>The size of the reservation that waits for its <see cref="Commit"/>, or 0.</summary>
    public int Reserved { get; private set; }

    public BufferSegment? Front => _front;

    public int FrontIndex => _frontIndex;

    /// <summary>Free memory at the tail, valid until <see cref="Commit"/>; only one reservation at a time.</summary>
    /// <param name="atLeast">The least number of bytes that is of use.</param>
    public Memory<byte> Reserve(int atLeast = 0)
    {
        Debug.Assert(Reserved == 0, "One reservation at a time.");
        if (_tail is null || _tail.Free < Math.Max(atLeast, SmallestLoan))
        {
            AddSegment(Math.Max(atLeast, _size.Current));
        }

        Memory<byte> memory = _tail!.FreeMemory;
        Reserved = memory.Length;
        return memory;
    }

    /// <summary>Ends a reservation: its first <paramref name="count"/> bytes join the queue.</summary>
    public void Commit(int count)
    {
        Debug.Assert(count <= Reserved, "More bytes than were reserved.");
        if (count > 0)
        {
            _size.Observe(count, Reserved);
        }

        Reserved = 0;
        FillTail(count);
        if (!_lent)
        {
            Release();
        }
    }

    /// <summary>Copies bytes to the tail.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        Debug.Assert(Reserved == 0, "An append would overwrite reserved memory.");
        while (!data.IsEmpty)
        {
            if (_tail is null || _tail.Free == 0)
            {
                AddSegment(SegmentSize.ForAppend(data.Length, Length));
            }

            int count = Math.Min(data.Length, _tail!.Free);
            data[..count].CopyTo(_tail.FreeMemory.Span);
            FillTail(count);
            data = data[count..];
        }
    }

    /// <summary>
    /// The first <paramref name="count"/> unread bytes, without taking them. All of them are found without walking over the segments:
    /// a long queue that is sent in many small steps looks at all of it before each.
    /// </summary>
    public ReadOnlySequence<byte> Peek(long count)
    {
        Debug.Assert(count <= Length, "More bytes than are queued.");
        if (count == 0)
        {
            return ReadOnlySequence<byte>.Empty;
        }

        BufferSegment first = _front!;
        if (count == Length)
        {
            return new ReadOnlySequence<byte>(first, _frontIndex, _back!, _back!.Filled);
        }

        BufferSegment last = first;
        long left = _frontIndex + count;
        while (left > last.Filled)
        {
            left -= last.Filled;
            last = last.Next!;
        }

        return new ReadOnlySequence<byte>(first, _frontIndex, last, (int)left);
    }

    /// <summary>The offset of the last such byte among the first <paramref name="count"/> unread ones; -1 if there is none.</summary>
    public long LastIndexOf(byte value, long count)
    {
        Debug.Assert(count <= Length, "More bytes than are queued.");
        long found = -1;
        long offset = 0;
        BufferSegment? segment = _front;
        for (int index = _frontIndex; offset < count; index = 0, segment = segment.Next)
        {
            ReadOnlySpan<byte> here = segment!.Span[index..];
            here = here[..(int)Math.Min(here.Length, count - offset)];
            int last = here.LastIndexOf(value);
            found = last < 0 ? found : offset + last;
            offset += here.Length;
        }

        return found;
    }

    /// <summary>Takes the first <paramref name="count"/> bytes; the sequence is valid until <see cref="Release"/>.</summary>
    public ReadOnlySequence<byte> Take(long count)
    {
        ReadOnlySequence<byte> taken = Peek(count);
        Skip(count);
        _lent |= count > 0;
        return taken;
    }

    /// <summary>Drops the first <paramref name="count"/> bytes.</summary>
    public void Skip(long count)
    {
        Length -= count;
        while (count > 0)
        {
            int here = (int)Math.Min(count, _front!.Filled - _frontIndex);
            _frontIndex += here;
            count -= here;
            if (_frontIndex == _front.Filled && _front.Next is { } next)
            {
                _front = next;
                _frontIndex = 0;
            }
        }
    }

    /// <summary>Returns the memory of all taken bytes to the pool, and all memory if nothing is queued or reserved.</summary>
    public void Release()
    {
        _lent = false;
        BufferSegment? keep = Length == 0 && Reserved == 0 ? null : _front;
        while (_head != keep)
        {
            BufferSegment done = _head!;
            _head = done.Next;
            done.Return(pool);
            _spare ??= done;
        }

        if (_head is null)
        {
            _tail = _front = _back = null;
            _frontIndex = 0;
        }
    }

    /// <summary>
    /// Forgets everything without returning memory to the pool, because a driver may still be using it;
    /// the garbage collector takes it once the driver releases it.
    /// </summary>
    public void Abandon()
    {
        _head = _tail = _front = _back = null;
        _frontIndex = 0;
        Reserved = 0;
        _lent = false;
        Length = 0;
    }

    private void FillTail(int count)
    {
        _tail!.Fill(count);
        Length += count;
        _back = count > 0 ? _tail : _back;
    }

    private void AddSegment(int size)
    {
        BufferSegment segment = _spare ?? new BufferSegment();
        _spare = null;
        segment.Rent(pool, size);
        if (_tail is null)
        {
            _head = _front = segment;
            _frontIndex = 0;
        }
        else
        {
            _tail.Link(segment);
            if (_frontIndex == _front!.Filled)
            {
                // All of it is read: it must not be kept for the sake of what is still to come.
                _front = segment;
                _frontIndex = 0;
            }
        }

        _tail = segment;
    }
}
