namespace Deterministic.Core.Buffers;

/// <summary>Chooses how large the next segment is, from how full the last receives were.</summary>
/// <remarks>
/// 4 KiB serves an idle or chatty connection; 64 KiB is where fewer system calls stop paying for a bulk one
/// (and is the default limit, so one segment rarely exceeds what may be buffered anyway).
/// </remarks>
internal struct SegmentSize
{
    public const int Smallest = 4 * 1024;
    public const int Largest = 64 * 1024;

    /// <summary>
    /// A queue of this many bytes gets larger segments, each at most a quarter of it. Arrays of 64 KiB begin in the youngest generation, and the collector copies them
    /// twice while such a queue waits; these are large objects, which it leaves where they are.
    /// </summary>
    public const int Bulk = 1024 * 1024;
    public const int LargestInBulk = 256 * 1024;

    private int _size;

    public readonly int Current => _size == 0 ? Smallest : _size;

    /// <summary>How large the next segment is for bytes that are there already.</summary>
    /// <param name="count">The bytes that have no place yet.</param>
    /// <param name="queued">The bytes before them.</param>
    public static int ForAppend(int count, long queued) =>
        Math.Clamp(count, Smallest, queued + count < Bulk ? Largest : LargestInBulk);

    /// <summary>A receive that fills what was lent asks for more next time; one below an eighth asks for less.</summary>
    public void Observe(int received, int lent)
    {
        if (received == lent)
        {
            _size = Math.Min(Current * 2, Largest);
        }
        else if (received < Current / 8)
        {
            _size = Math.Max(Current / 2, Smallest);
        }
    }
}
