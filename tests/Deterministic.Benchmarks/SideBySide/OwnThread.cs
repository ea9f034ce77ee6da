namespace Deterministic.Benchmarks.SideBySide;

/// <summary>Runs what blocks on a thread of its own: a blocked worker of the thread pool would be missing from the servers under measure.</summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(
            work,
            CancellationToken.None,
            // What awaits this goes back to the thread pool: the thread may have been moved to a processor for clients.
            TaskCreationOptions.LongRunning
                | TaskCreationOptions.DenyChildAttach
                | TaskCreationOptions.RunContinuationsAsynchronously,
            TaskScheduler.Default
        );
}
