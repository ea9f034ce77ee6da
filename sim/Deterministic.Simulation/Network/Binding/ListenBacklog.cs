namespace Deterministic.Simulation;

/// <summary>
/// The connections of a port that the network has made and the program has not accepted yet. To their clients they are open: what those send arrives, as far as the window goes.
/// </summary>
/// <param name="size">How many were asked for. As on Linux, one more fits.</param>
internal sealed class ListenBacklog(int size)
{
    private readonly Queue<TcpEndpoint> _waiting = new();

    /// <summary>Whether the network drops what asks for a connection: its sender asks again later.</summary>
    public bool IsFull => _waiting.Count > size;

    public bool IsEmpty => _waiting.Count == 0;

    public void Add(TcpEndpoint endpoint) => _waiting.Enqueue(endpoint);

    public TcpEndpoint TakeOldest() => _waiting.Dequeue();

    public void Clear() => _waiting.Clear();

    /// <summary>Nobody will accept them: each is reset. Clause S-CLOSE-01.</summary>
    public void Reset()
    {
        while (_waiting.TryDequeue(out TcpEndpoint? endpoint))
        {
            endpoint.Abort();
        }
    }
}
