namespace Deterministic.Streams.Tests;

/// <summary>A context that runs what is posted to it when the test says so.</summary>
internal class QueueContext : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _posted = [];

    public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue((d, state));

    public void Run()
    {
        while (_posted.TryDequeue(out (SendOrPostCallback Callback, object? State) work))
        {
            work.Callback(work.State);
        }
    }
}
