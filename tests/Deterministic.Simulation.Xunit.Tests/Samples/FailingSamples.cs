#pragma warning disable xUnit1000 // Internal on purpose: these fail, and only the tests here run them.
using Deterministic.Streams;

namespace Deterministic.Simulation.Xunit.Tests;

internal sealed class FailingSamples
{
    public const ulong FirstSeed = 7;
    public const int OneIn = 8;

    /// <summary>What the first choice of the run says is what happens.</summary>
    [Simulation(Seeds = 100, FirstSeed = FirstSeed, Faults = "calm")]
    public async Task FailsNowAndThen(SimulatedWorld world)
    {
        bool bad = world.Random.Next(OneIn) == 0;
        await using StreamServer server = await world
            .Host("server")
            .StartServerAsync((reader, _) => reader.ReadToEndAsync().AsTask(), "server");
        await using Connection connection = await world.Host("client").OpenConnectionAsync(server.EndPoints[0]);
        connection.Writer.Write("a word"u8);
        await Task.Delay(TimeSpan.FromSeconds(12), world.TimeProvider);
        bad.ShouldBeFalse("this seed is bad");
    }

    /// <summary>Fails by the rules alone.</summary>
    [Simulation(Seeds = 3, Faults = "calm", Rules = ["hang on=client>server", "short-read p=10"])]
    public async Task CannotConnect(SimulatedWorld world)
    {
        await world.Host("server").StartServerAsync(_ => Task.CompletedTask, port: 80);
        (await world.Host("client").OpenConnectionAsync("server", 80)).Abort();
    }

    [Simulation(Seeds = 3)]
    public Task NeverEnds(SimulatedWorld world) => new TaskCompletionSource().Task;

    [Simulation(Seeds = 3)]
    public async Task NeverRests(SimulatedWorld world)
    {
        while (world is not null)
        {
            await Task.Yield();
        }
    }

    [Simulation(Seeds = 3)]
    public async Task SleepsForDays(SimulatedWorld world) => await Task.Delay(TimeSpan.FromDays(3), world.TimeProvider);

    [Simulation(Seeds = 3)]
    public async Task Leaves(SimulatedWorld world)
    {
        await Task.Run(() => world.TimeProvider.GetUtcNow());
    }

    [Simulation(Seeds = 3)]
    public Task ThrowsBeforeItReturnsATask(SimulatedWorld world) => throw new InvalidOperationException("at once");

    [Simulation(Seeds = 3)]
    public async ValueTask IsCancelled(SimulatedWorld world)
    {
        await Task.Yield();
        throw new OperationCanceledException("given up");
    }
}
