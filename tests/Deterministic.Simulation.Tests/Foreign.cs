namespace Deterministic.Simulation.Tests;

/// <summary>Calls from a thread that isn't the simulator's, over and done with when the method returns.</summary>
internal static class Foreign
{
    public static Exception? Call(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() => thrown = Record.Exception(action)) { Name = "stranger" };
        thread.Start();
        thread.Join();
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
}
