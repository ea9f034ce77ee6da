namespace Deterministic.Simulation;

/// <summary>What has arrived at one end and was not yet received by its program: the kernel's receive buffer.</summary>
internal sealed class ArrivedBytes
{
    private readonly Queue<Segment> _segments = new();
    private int _taken;

    /// <summary>Unread bytes.</summary>
    public int Count { get; private set; }

    public void Add(in Segment segment)
    {
        _segments.Enqueue(segment);
        Count += segment.Length;
    }

    /// <summary>Fills memory with the first bytes, joining segments where needed.</summary>
    public void Take(Span<byte> destination)
    {
        Count -= destination.Length;
        while (!destination.IsEmpty)
        {
            Segment first = _segments.Peek();
            ReadOnlySpan<byte> rest = first.Data[_taken..];
            int count = Math.Min(rest.Length, destination.Length);
            rest[..count].CopyTo(destination);
            destination = destination[count..];
            _taken += count;
            if (_taken == first.Length)
            {
                _segments.Dequeue().Recycle();
                _taken = 0;
            }
        }
    }

    public void Clear()
    {
        while (_segments.TryDequeue(out Segment segment))
        {
            segment.Recycle();
        }

        Count = 0;
        _taken = 0;
    }
}
