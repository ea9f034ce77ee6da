namespace Deterministic.Simulation;

/// <summary>
/// The connections of a port that the network has made and the program has not accepted yet. To their clients they are open: what those send arrives, as far as the window goes.
/// </summary>
/// <param name="size">How many fit.</param>
internal sealed class ListenBacklog(int size)
{
    private readonly Queue<SimulatedTransport> _waiting = new();

    /// <summary>Whether the network drops what asks for a connection: its sender asks again later.</summary>
    public bool IsFull => _waiting.Count >= size;

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(SimulatedTransport transport) => _waiting.Enqueue(transport);

    public SimulatedTransport TakeOldest() => _waiting.Dequeue();

    /// <summary>Nobody will accept them: each is reset. Clause S-CLOSE-01.</summary>
    public void Reset()
    {
        while (_waiting.TryDequeue(out SimulatedTransport? transport))
        {
            transport.Abort();
        }
    }
}
