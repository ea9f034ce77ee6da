namespace Deterministic.Simulation.Tests;

/// <summary>
/// Calls from a thread that isn't the simulator's, over and done with when the method returns. Such a thread comes from nowhere: it isn't seen to be created, nor waited for,
/// so that it gets as far as the simulation.
/// </summary>
internal static class Foreign
{
    public static Exception? Call(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action)) { Name = "stranger" };
        thread.UnsafeStart();
        WithoutContext(thread.Join);
        return thrown;
    }

    /// <summary>Queues to the pool and waits for the end without running the work on the waiting thread, as Task.Wait might.</summary>
    public static void CallOnPool(Action action)
    {
        using var done = new ManualResetEventSlim();
        ThreadPool.QueueUserWorkItem(_ =>
        {
            action();
            done.Set();
        });
        done.Wait();
    }

    private static void WithoutContext(Action action)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        action();
        SynchronizationContext.SetSynchronizationContext(context);
    }
}
