namespace Deterministic.Streams.Tests;

/// <summary>The one thread of a test: what is to be done, in order.</summary>
internal sealed class TestQueue
{
    /// <summary>Far more than any test takes: it only ever matters where something goes in circles.</summary>
    private const int MostSteps = 1_000_000;

    private readonly Queue<Action> _work = [];

    public void Add(Action work)
    {
        lock (_work)
        {
            _work.Enqueue(work);
        }
    }

    /// <summary>
    /// Runs until there is nothing left to do. What waits then waits for ever, unless time passes. On a thread as drivers have them, without a context or a task scheduler: xunit's would send
    /// tasks on a detour over the thread pool, which here would look like a wait.
    /// </summary>
    public void Run()
    {
        Exception? thrown = null;
        Thread driver = new(() => thrown = Record.Exception(RunAll));
        driver.Start();
        driver.Join();
        thrown.ShouldBeNull();
    }

    private void RunAll()
    {
        for (int steps = 0; TryTake(out Action? work); steps++)
        {
            steps.ShouldBeLessThan(MostSteps, "the test goes in circles");
            work!();
        }
    }

    private bool TryTake(out Action? work)
    {
        lock (_work)
        {
            return _work.TryDequeue(out work);
        }
    }
}
