namespace Deterministic.Conformance;

/// <summary>What was scheduled and has not run yet. The world is idle when nothing is left.</summary>
internal sealed class WorkQueue
{
    /// <summary>Far beyond what any script needs: reaching it means that the world spins.</summary>
    private const int MostTurns = 100_000;

    private readonly Queue<(Action<object?> Callback, object? State)> _work = new();

    public void Add(Action<object?> callback, object? state) => _work.Enqueue((callback, state));

    public void RunUntilIdle()
    {
        for (int turns = 0; _work.TryDequeue(out (Action<object?> Callback, object? State) work); turns++)
        {
            if (turns == MostTurns)
            {
                throw new InvalidOperationException("The world does not come to rest.");
            }

            work.Callback(work.State);
        }
    }
}
