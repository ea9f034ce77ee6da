using System.Net;
using System.Threading.Channels;

namespace Deterministic.Simulation.Tests;

/// <summary>Programs that leave the simulation, each by another way.</summary>
internal static class Leaving
{
    private static readonly int[] Numbers = [.. Enumerable.Range(0, 100)];

    public static async Task TaskRun(TimeProvider time) => await Task.Run(static () => { });

    public static async Task QueueToThePool(TimeProvider time)
    {
        ThreadPool.QueueUserWorkItem(static _ => { });
        await Task.Yield();
    }

    public static async Task StartOnTheDefaultScheduler(TimeProvider time) =>
        await Task.Factory.StartNew(
            static () => { },
            CancellationToken.None,
            TaskCreationOptions.None,
            TaskScheduler.Default
        );

    public static async Task ContinueWith(TimeProvider time) =>
        await Task.CompletedTask.ContinueWith(static _ => { }, TaskScheduler.Default);

    public static async Task CancelAsync(TimeProvider time)
    {
        using CancellationTokenSource source = new();
        source.Token.Register(static () => { });
        await source.CancelAsync();
    }

    public static async Task CompleteAsynchronously(TimeProvider time)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task waiting = WithoutContext(source.Task);
        source.SetResult();
        await waiting;
    }

    public static async Task CompleteUnderAContext(TimeProvider time)
    {
        TaskCompletionSource source = new();
        Task waiting = WithoutContext(source.Task);
        source.SetResult();
        await waiting;
    }

    public static async Task YieldToThePool(TimeProvider time) =>
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);

    public static async Task ReadAChannelWithoutContext(TimeProvider time)
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        Task reading = ReadAsync();
        channel.Writer.TryWrite(1);
        await reading;

        async Task ReadAsync() => await channel.Reader.ReadAsync().ConfigureAwait(false);
    }

    public static async Task ReleaseASemaphoreWithoutContext(TimeProvider time)
    {
        using SemaphoreSlim semaphore = new(0);
        Task waiting = WithoutContext(semaphore.WaitAsync());
        semaphore.Release();
        await waiting;
    }

    public static async Task ReleaseASemaphoreThatIsAwaitedWithAToken(TimeProvider time)
    {
        using CancellationTokenSource source = new();
        using SemaphoreSlim semaphore = new(0);
        Task waiting = semaphore.WaitAsync(source.Token);
        semaphore.Release();
        await waiting;
    }

    public static async Task CancelAWaitForASemaphore(TimeProvider time)
    {
        using CancellationTokenSource source = new();
        using SemaphoreSlim semaphore = new(0);
        Task waiting = semaphore.WaitAsync(source.Token);
        source.Cancel();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    public static async Task AwaitAnyWithASemaphore(TimeProvider time)
    {
        using SemaphoreSlim semaphore = new(0);
        Task waiting = Task.WhenAny(semaphore.WaitAsync(), new TaskCompletionSource().Task);
        semaphore.Release();
        await waiting;
    }

    public static async Task AwaitAllWithAnAsynchronousSource(TimeProvider time)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task waiting = Task.WhenAll(source.Task, Task.CompletedTask);
        source.SetResult();
        await waiting;
    }

    public static async Task AwaitEach(TimeProvider time)
    {
        await foreach (Task each in Task.WhenEach(YieldAsync(), YieldAsync()))
        {
            await each;
        }

        static async Task YieldAsync() => await Task.Yield();
    }

    public static async Task ParallelFor(TimeProvider time)
    {
        Parallel.For(0, 100, static _ => { });
        await Task.Yield();
    }

    public static async Task ParallelForEachAsync(TimeProvider time) =>
        await Parallel.ForEachAsync(Numbers, static (_, _) => ValueTask.CompletedTask);

    public static async Task ParallelQuery(TimeProvider time)
    {
        _ = Numbers.AsParallel().WithDegreeOfParallelism(4).Select(static number => number + 1).ToArray();
        await Task.Yield();
    }

    public static async Task Delay(TimeProvider time) => await Task.Delay(TimeSpan.FromDays(1));

    public static async Task NewTimer(TimeProvider time)
    {
        await using Timer timer = new(static _ => { }, null, TimeSpan.FromDays(1), TimeSpan.FromDays(1));
        await Task.Yield();
    }

    public static async Task TimersTimer(TimeProvider time)
    {
        using System.Timers.Timer timer = new(TimeSpan.FromDays(1));
        timer.Start();
        await Task.Yield();
    }

    public static async Task NewPeriodicTimer(TimeProvider time)
    {
        using PeriodicTimer timer = new(TimeSpan.FromDays(1));
        await timer.WaitForNextTickAsync();
    }

    public static async Task CancelAfter(TimeProvider time)
    {
        using CancellationTokenSource source = new();
        source.CancelAfter(TimeSpan.FromDays(1));
        await Task.Yield();
    }

    public static async Task WaitWithTimeOut(TimeProvider time) =>
        await new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromDays(1));

    public static async Task SemaphoreWithTimeOut(TimeProvider time)
    {
        using SemaphoreSlim semaphore = new(0);
        await semaphore.WaitAsync(TimeSpan.FromDays(1));
    }

    public static async Task HttpRequest(TimeProvider time)
    {
        using HttpClient client = new();
        await client.GetAsync(new Uri("http://127.0.0.1:9/"));
    }

    public static async Task ResolveAName(TimeProvider time) => await Dns.GetHostAddressesAsync("localhost");

    public static async Task ReadAFile(TimeProvider time) =>
        await File.ReadAllBytesAsync(typeof(Leaving).Assembly.Location);

    public static async Task WaitForATask(TimeProvider time)
    {
        new TaskCompletionSource().Task.Wait();
        await Task.Yield();
    }

    public static async Task TakeAResult(TimeProvider time)
    {
        _ = new TaskCompletionSource<int>().Task.Result;
        await Task.Yield();
    }

    public static async Task GetAResult(TimeProvider time)
    {
        new TaskCompletionSource().Task.GetAwaiter().GetResult();
        await Task.Yield();
    }

    public static async Task WaitForAll(TimeProvider time)
    {
        Task.WaitAll(new TaskCompletionSource().Task);
        await Task.Yield();
    }

    public static async Task WaitForASemaphore(TimeProvider time)
    {
        using SemaphoreSlim semaphore = new(0);
        semaphore.Wait();
        await Task.Yield();
    }

    public static async Task MonitorWait(TimeProvider time)
    {
        object gate = new();
        lock (gate)
        {
            Monitor.Wait(gate);
        }

        await Task.Yield();
    }

    public static async Task WaitForAnEvent(TimeProvider time)
    {
        using ManualResetEventSlim happened = new();
        happened.Wait();
        await Task.Yield();
    }

    public static async Task WaitForAHandle(TimeProvider time)
    {
        using ManualResetEvent happened = new(false);
        happened.WaitOne();
        await Task.Yield();
    }

    public static async Task WaitForABarrier(TimeProvider time)
    {
        using Barrier barrier = new(2);
        barrier.SignalAndWait();
        await Task.Yield();
    }

    private static async Task WithoutContext(Task task) => await task.ConfigureAwait(false);
}
