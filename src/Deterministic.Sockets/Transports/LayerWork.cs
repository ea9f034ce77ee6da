namespace Deterministic.Sockets.Transports;

/// <summary>What the layers on top of a transport have scheduled, in order, for whichever thread comes first.</summary>
internal sealed class LayerWork
{
    private readonly Queue<(Action<object?> Callback, object? State)> _work = [];

    public void Add(Action<object?> callback, object? state)
    {
        lock (_work)
        {
            _work.Enqueue((callback, state));
        }
    }

    /// <summary>Runs what there is, and what is added meanwhile. Several threads may do so at once; each callback runs once.</summary>
    public void RunAll()
    {
        while (TryTake(out (Action<object?> Callback, object? State) work))
        {
            work.Callback(work.State);
        }
    }

    private bool TryTake(out (Action<object?> Callback, object? State) work)
    {
        lock (_work)
        {
            return _work.TryDequeue(out work);
        }
    }
}
