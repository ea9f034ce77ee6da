namespace Deterministic.Benchmarks.SideBySide;

/// <summary>Runs what blocks on a thread of its own: a blocked worker of the thread pool would be missing from the servers under measure.</summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(
            work,
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default
        );
}
