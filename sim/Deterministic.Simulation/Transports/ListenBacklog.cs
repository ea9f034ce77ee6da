namespace Deterministic.Simulation.Transports;

/// <summary>
/// The connections of a listener that have been made and that the program has not accepted yet. To their clients they are open: what those send arrives, as far as there is room.
/// </summary>
/// <typeparam name="TEnd">The listener's end of one.</typeparam>
/// <param name="size">How many were asked for. As on Linux, one more fits.</param>
internal sealed class ListenBacklog<TEnd>(int size)
    where TEnd : class
{
    private readonly Queue<TEnd> _waiting = new();

    /// <summary>Whether there is no room for another one.</summary>
    public bool IsFull => _waiting.Count > size;

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(TEnd end) => _waiting.Enqueue(end);

    public TEnd TakeOldest() => _waiting.Dequeue();

    public void Clear() => _waiting.Clear();

    /// <summary>They will not be accepted, and each is reset. Clause S-CLOSE-01.</summary>
    public void Reset(Action<TEnd> reset)
    {
        while (_waiting.TryDequeue(out TEnd? end))
        {
            reset(end);
        }
    }
}
