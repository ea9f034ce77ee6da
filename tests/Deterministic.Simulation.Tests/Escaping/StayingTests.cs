#pragma warning disable VSTHRD002 // Whether such a wait blocks is what is tested here.
using System.Threading.Channels;
using Deterministic.Simulation.Scheduling;

namespace Deterministic.Simulation.Tests;

/// <summary>What stays inside.</summary>
public sealed class StayingTests
{
    public static TheoryData<Func<SimulationScheduler, TimeProvider, Task>> Programs { get; } =
        new()
        {
            YieldAsync,
            DelayAsync,
            DelayWithoutContextAsync,
            TickAsync,
            TimeOutAsync,
            CancelAfterAsync,
            PassAnItemAsync,
            TakeTurnsAsync,
            CompleteAsynchronouslyAsync,
            StartATaskAsync,
            JoinAsync,
            WaitForAStartedTaskAsync,
        };

    [Theory]
    [MemberData(nameof(Programs), DisableDiscoveryEnumeration = true)]
    public void What_the_simulator_can_run_stays_on_its_thread(Func<SimulationScheduler, TimeProvider, Task> program)
    {
        World world = new();
        int thread = Environment.CurrentManagedThreadId;
        world.MustComplete(async () =>
        {
            await program(world.Scheduler, world.Time);
            Environment.CurrentManagedThreadId.ShouldBe(thread);
        });
    }

    private static async Task YieldAsync(SimulationScheduler scheduler, TimeProvider time) => await Task.Yield();

    private static async Task DelayAsync(SimulationScheduler scheduler, TimeProvider time) =>
        await Task.Delay(TimeSpan.FromDays(1), time);

    private static async Task DelayWithoutContextAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        int thread = Environment.CurrentManagedThreadId;
        await Task.Delay(TimeSpan.FromDays(1), time).ConfigureAwait(false);
        Environment.CurrentManagedThreadId.ShouldBe(thread);
    }

    private static async Task TickAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        using PeriodicTimer timer = new(TimeSpan.FromDays(1), time);
        await timer.WaitForNextTickAsync();
    }

    private static async Task TimeOutAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        try
        {
            await new TaskCompletionSource().Task.WaitAsync(TimeSpan.FromDays(1), time);
        }
        catch (TimeoutException)
        {
            // In virtual time.
        }
    }

    private static async Task CancelAfterAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        TaskCompletionSource cancelled = new();
        using CancellationTokenSource source = new(TimeSpan.FromDays(2), time);
        source.Token.Register(cancelled.SetResult);
        source.CancelAfter(TimeSpan.FromDays(1));
        await cancelled.Task;
        scheduler.Now.ShouldBe(TimeSpan.FromDays(1));
    }

    private static async Task PassAnItemAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        Channel<int> channel = Channel.CreateBounded<int>(1);
        Task<int> reading = ReadAsync();
        await channel.Writer.WriteAsync(1);
        (await reading).ShouldBe(1);

        async Task<int> ReadAsync() => await channel.Reader.ReadAsync();
    }

    private static async Task TakeTurnsAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        using SemaphoreSlim semaphore = new(0);
        Task waiting = WaitAsync();
        semaphore.Release();
        await waiting;

        async Task WaitAsync() => await semaphore.WaitAsync();
    }

    private static async Task CompleteAsynchronouslyAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task waiting = WaitAsync();
        source.SetResult();
        await waiting;

        async Task WaitAsync() => await source.Task;
    }

    private static async Task StartATaskAsync(SimulationScheduler scheduler, TimeProvider time) =>
        (
            await Task.Factory.StartNew(
                static () => 1,
                CancellationToken.None,
                TaskCreationOptions.None,
                scheduler.TaskScheduler
            )
        ).ShouldBe(1);

    private static async Task JoinAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        Task[] both = [YieldAsync(scheduler, time), DelayAsync(scheduler, time)];
        await Task.WhenAny(both);
        await Task.WhenAll(both);
    }

    /// <summary>Not a wait: what has not begun yet is run on the spot.</summary>
    private static Task WaitForAStartedTaskAsync(SimulationScheduler scheduler, TimeProvider time)
    {
        Task.Factory.StartNew(
                static () => { },
                CancellationToken.None,
                TaskCreationOptions.None,
                scheduler.TaskScheduler
            )
            .Wait();
        return Task.CompletedTask;
    }
}
