using Deterministic.Faults.Engine;

namespace Deterministic.Faults.Decorating;

/// <summary>
/// One direction of a decorated connection: what has been sent and has not arrived, first in, first out, none before its time. What faults make of it is decided as it is sent, by
/// <see cref="StreamFaults"/>. Used by its transport, under the transport's lock.
/// </summary>
/// <param name="faults">The decisions.</param>
/// <param name="connection">The number of the connection.</param>
/// <param name="ends">The host that sends, and the one that receives.</param>
/// <param name="isStruck">Whether faults strike here; if not, the host at the other end is decorated too, and they strike there.</param>
internal sealed partial class FaultyDirection(FaultDecisions faults, long connection, DirectionEnds ends, bool isStruck)
    : IStreamSink
{
    private readonly Queue<InFlightItem> _items = new();
    private readonly StreamFaults _faults = new(faults.Injector, ends, connection);

    private TimeSpan _blockedUntil;
    private int _held;

    /// <summary>How many bytes more it takes for now.</summary>
    public int Room => Math.Max(0, faults.Capacity - _held);

    public bool IsEmpty => _items.Count == 0;

    /// <summary>How many bytes were sent.</summary>
    public long Carried { get; private set; }

    /// <summary>How much of what has arrived the program is given at once.</summary>
    public int Shorten(int count)
    {
        if (count <= 1)
        {
            // A single byte cannot be cut: no need to take the lock.
            return count;
        }

        lock (faults.Gate)
        {
            return _faults.Shorten(count);
        }
    }

    /// <summary>When there is something to do; null if there is nothing.</summary>
    public TimeSpan? Wake =>
        _items.TryPeek(out InFlightItem? item) ? (item.Due > _blockedUntil ? item.Due : _blockedUntil) : null;

    /// <summary>Something that follows right behind all that was sent.</summary>
    public void EnterBehind(InFlightItemKind kind, FaultKind fault = default, Exception? error = null) =>
        Enqueue(new InFlightItem(kind, faults.Now) { Fault = fault, Error = error });

    /// <summary>The stream is cut behind all that was sent.</summary>
    public void EnterCut() => EnterBehind(InFlightItemKind.Fault, FaultKind.HalfClose);

    /// <summary>What is first, once it has travelled and nothing blocks the way.</summary>
    public InFlightItem? TryPeek()
    {
        if (!_items.TryPeek(out InFlightItem? item))
        {
            return null;
        }

        TimeSpan now = faults.Now;
        if (item.Due > now)
        {
            return null;
        }

        if (isStruck)
        {
            _blockedUntil = faults.BlockedUntil(ends.From, ends.To);
        }

        if (_blockedUntil > now)
        {
            return null;
        }

        if (item == _gathering)
        {
            // It has waited long enough.
            _gathering = null;
        }

        return item;
    }

    /// <summary>What is first, whether it has travelled or not.</summary>
    public InFlightItem? First => _items.TryPeek(out InFlightItem? item) ? item : null;

    /// <summary>The first one is gone.</summary>
    public void Remove() => _items.Dequeue();

    /// <summary>Bytes have left.</summary>
    public void Left(int count) => _held -= count;

    /// <summary>What is on its way is lost.</summary>
    public void Clear()
    {
        foreach (InFlightItem item in _items)
        {
            _held -= item.Length;
        }

        _items.Clear();
        _gathering = null;
    }

    private void Enqueue(InFlightItem item)
    {
        _items.Enqueue(item);
        _held += item.Length;
    }
}
