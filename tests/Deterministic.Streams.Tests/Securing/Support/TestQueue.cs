namespace Deterministic.Streams.Tests;

/// <summary>The one thread of a test: what is to be done, in order.</summary>
internal sealed class TestQueue
{
    /// <summary>Far more than any test takes: it only ever matters where something goes in circles.</summary>
    private const int MostSteps = 1_000_000;

    private readonly Queue<Action> _work = [];

    public void Add(Action work) => _work.Enqueue(work);

    /// <summary>Runs until there is nothing left to do. What waits then waits for ever, unless time passes.</summary>
    public void Run()
    {
        // A driver's threads have no context of their own; one of xunit's would send tasks on a detour.
        SynchronizationContext.SetSynchronizationContext(null);
        for (int steps = 0; _work.TryDequeue(out Action? work); steps++)
        {
            steps.ShouldBeLessThan(MostSteps, "the test goes in circles");
            work();
        }
    }
}
