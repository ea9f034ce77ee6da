using System.Threading.Channels;
using Deterministic.Streams;

namespace Deterministic.Simulation.Tests;

/// <summary>Programs that never end, each for a reason of its own.</summary>
internal static class Stuck
{
    public static async Task CrossedSemaphoresAsync(ScenarioWorld world)
    {
        SemaphoreSlim left = new(1);
        SemaphoreSlim right = new(1);
        await Task.WhenAll(TakeBothAsync(left, right), TakeBothAsync(right, left));

        async Task TakeBothAsync(SemaphoreSlim first, SemaphoreSlim second)
        {
            await first.WaitAsync();
            await Task.Delay(TimeSpan.FromSeconds(1), world.TimeProvider);
            await second.WaitAsync();
        }
    }

    public static async Task ReadWhatNeverComesAsync(ScenarioWorld world)
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(SilentAsync);
        Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
        client.Writer.Write("half a line"u8);
        await client.Reader.ReadToEndAsync();
    }

    public static async Task DrainToWhoDoesNotReadAsync(ScenarioWorld world)
    {
        TaskCompletionSource<Connection> accepted = new();
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(connection =>
            {
                accepted.SetResult(connection);
                return new TaskCompletionSource().Task;
            });
        Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
        byte[] much = new byte[1_000_000];
        while (true)
        {
            client.Writer.Write(much);
            await client.Writer.DrainAsync();
        }
    }

    public static async Task NobodyCompletesAsync(ScenarioWorld world)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), world.TimeProvider);
        await new TaskCompletionSource().Task;
    }

    public static async Task NobodyWritesToTheChannelAsync(ScenarioWorld world)
    {
        Channel<int> channel = Channel.CreateUnbounded<int>();
        channel.Writer.TryWrite(1);
        for (int sum = 0; ; )
        {
            sum += await channel.Reader.ReadAsync();
            await Task.Yield();
        }
    }

    public static async Task JoinedOnEachOtherAsync(ScenarioWorld world)
    {
        TaskCompletionSource begun = new();
        Task? second = null;
        Task first = FirstAsync();
        second = SecondAsync(first);
        begun.SetResult();
        await first;

        async Task FirstAsync()
        {
            await begun.Task;
            await second!;
        }
    }

    public static async Task ServeForEverAsync(ScenarioWorld world)
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(_ => Task.CompletedTask);
        await server.ServeForeverAsync();
    }

    public static async Task WaitForTheCloseAsync(ScenarioWorld world)
    {
        await using StreamServer server = await world.Host("server").StartServerAsync(SilentAsync);
        Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
        await client.Writer.WaitClosedAsync();
    }

    public static async Task AwaitAnIteratorAsync(ScenarioWorld world)
    {
        await foreach (int number in NumbersAsync())
        {
            world.Note($"{number}");
        }

        static async IAsyncEnumerable<int> NumbersAsync()
        {
            yield return 1;
            await new TaskCompletionSource().Task;
        }
    }

    public static async Task ForgottenAsync(ScenarioWorld world)
    {
        _ = TickAsync(new PeriodicTimer(Timeout.InfiniteTimeSpan, world.TimeProvider));
        Task started = Task
            .Factory.StartNew(
                () => new TaskCompletionSource().Task,
                CancellationToken.None,
                TaskCreationOptions.None,
                TaskScheduler.FromCurrentSynchronizationContext()
            )
            .Unwrap();
        await started;

        static async Task TickAsync(PeriodicTimer timer) => await timer.WaitForNextTickAsync();
    }

    /// <summary>The backlog takes two that nobody accepts; the third asks and asks, until its time-out, if it had one.</summary>
    public static async Task ConnectToWhoDoesNotAnswerAsync(ScenarioWorld world)
    {
        ServerOptions options = new() { Backlog = 1, MaxConnections = 1 };
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(_ => new TaskCompletionSource().Task, options: options);
        INetwork network = world.Host("client");
        for (int i = 0; i < 10; i++)
        {
            await network.OpenConnectionAsync(server.EndPoints[0]);
        }
    }

    public static async Task NobodyWaitedForAsync() => await new TaskCompletionSource().Task;

    public static async Task TalkAsync(SimulatedWorld world)
    {
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync(async (reader, writer) => writer.Write(await reader.ReadAsync(10)));
        await Task.WhenAll(TalkToAsync(), TalkToAsync());

        async Task TalkToAsync()
        {
            try
            {
                Connection client = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
                client.Writer.Write("ping"u8);
                await client.Reader.ReadToEndAsync();
            }
            catch (Core.ConnectionException)
            {
                // The network is hostile.
            }
        }
    }

    public static Task AloneAsync(ScenarioWorld world) => new TaskCompletionSource().Task;

    public static async Task SpinAsync(ScenarioWorld world)
    {
        while (true)
        {
            await Task.Yield();
        }
    }

    public static async Task TickForEverAsync(ScenarioWorld world)
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromHours(1), world.TimeProvider);
        }
    }

    private static async Task SilentAsync(AsyncStreamReader reader, AsyncStreamWriter writer) =>
        await reader.ReadLineAsync();

    private static async Task SecondAsync(Task first) => await first;
}
