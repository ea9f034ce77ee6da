namespace Deterministic.Core;

/// <summary>Chooses how large the next segment is, from how full the last receives were.</summary>
/// <remarks>
/// 4 KiB serves an idle or chatty connection; 64 KiB is where fewer system calls stop paying for a bulk one
/// (and is the default limit, so one segment rarely exceeds what may be buffered anyway).
/// </remarks>
internal struct SegmentSize
{
    public const int Smallest = 4 * 1024;
    public const int Largest = 64 * 1024;

    private int _size;

    public readonly int Current => _size == 0 ? Smallest : _size;

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
